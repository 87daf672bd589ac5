import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { previewHours, type previewHoursInput } from '@/lib/services/settings/preview-hours';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    previewHours(context(), await signedInAgent(), input as z.input<typeof previewHoursInput>),
  );
}

import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { allowSite, type allowSiteInput } from '@/lib/services/widget/allow-site';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    allowSite(context(), await signedInAgent(), input as z.input<typeof allowSiteInput>),
  );
}

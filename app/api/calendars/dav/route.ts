import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { connectDav, type connectDavInput } from '@/lib/services/calendar/connect-dav';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    connectDav(context(), await signedInAgent(), input as z.input<typeof connectDavInput>),
  );
}

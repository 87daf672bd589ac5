import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { retryMail, type retryMailInput } from '@/lib/services/mail/retry';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    retryMail(context(), await signedInAgent(), input as z.input<typeof retryMailInput>),
  );
}

import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { discardMail, type discardMailInput } from '@/lib/services/mail/discard';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    discardMail(context(), await signedInAgent(), input as z.input<typeof discardMailInput>),
  );
}

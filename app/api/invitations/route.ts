import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { type inviteInput, inviteUser } from '@/lib/services/user/invite';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    inviteUser(context(), await signedInAgent(), input as z.input<typeof inviteInput>),
  );
}

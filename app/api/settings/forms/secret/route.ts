import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { type formSecretInput, readFormSecret } from '@/lib/services/form/external';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    readFormSecret(context(), await signedInAgent(), input as z.input<typeof formSecretInput>),
  );
}

import { signedInAgent } from '@/lib/auth/current-agent';
import { answerRead } from '@/lib/auth/route-answer';
import { checkConnection } from '@/lib/services/mail/read';
import { context } from '@/lib/services/runtime';

export function GET(): Promise<Response> {
  return answerRead(async () => checkConnection(context(), await signedInAgent()));
}

import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { sendTestMail } from '@/lib/services/mail/send-test';
import { nothing } from '@/lib/services/message/inputs';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) => {
    nothing.parse(input);
    return sendTestMail(context(), await signedInAgent());
  });
}

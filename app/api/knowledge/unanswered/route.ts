import { signedInAgent } from '@/lib/auth/current-agent';
import { answerRead } from '@/lib/auth/route-answer';
import { readUnansweredQuestions } from '@/lib/services/knowledge/unanswered';
import { context } from '@/lib/services/runtime';

export function GET(): Promise<Response> {
  return answerRead(async () => readUnansweredQuestions(context(), await signedInAgent()));
}

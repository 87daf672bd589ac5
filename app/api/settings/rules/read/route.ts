import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { readRuleFile } from '@/lib/services/rules/read-file';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    readRuleFile(context(), await signedInAgent(), input as Parameters<typeof readRuleFile>[2]),
  );
}

import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { dryRunRules } from '@/lib/services/rules/dry-run';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    dryRunRules(context(), await signedInAgent(), input as Parameters<typeof dryRunRules>[2]),
  );
}

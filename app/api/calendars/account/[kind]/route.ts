import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { beginAccount } from '@/lib/services/calendar/connect-account';
import { context } from '@/lib/services/runtime';

/** Answers where the page goes from here. */
export function POST(request: Request, { params }: { params: Promise<{ kind: string }> }): Promise<Response> {
  return answer(request, async () => ({
    url: beginAccount(context(), await signedInAgent(), (await params).kind),
  }));
}

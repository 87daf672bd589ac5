import { signedInAgent } from '@/lib/auth/current-agent';
import { answerRead } from '@/lib/auth/route-answer';
import { readAllCalendars, readOwnCalendars } from '@/lib/services/calendar/read';
import { context } from '@/lib/services/runtime';

/** One's own; `?of=all` for everybody's. */
export function GET(request: Request): Promise<Response> {
  const ofAll = new URL(request.url).searchParams.get('of') === 'all';
  return answerRead(async () =>
    (ofAll ? readAllCalendars : readOwnCalendars)(context(), await signedInAgent()),
  );
}

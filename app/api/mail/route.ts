import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answerRead } from '@/lib/auth/route-answer';
import { readMails, type readMailsInput } from '@/lib/services/mail/read';
import { context } from '@/lib/services/runtime';

/** `?state=waiting`, and `&at=&id=` for the page after that mail. */
export function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const [at, id] = [query.get('at'), query.get('id')];
  const before = at === null || id === null ? null : { at: Number(at), id };
  const input = { state: query.get('state'), before } as z.input<typeof readMailsInput>;
  return answerRead(async () => readMails(context(), await signedInAgent(), input));
}

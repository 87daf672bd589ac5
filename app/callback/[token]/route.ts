import { randomBytes } from 'node:crypto';
import { readText } from '@/lib/auth/read-body';
import { cancelCallback, moveCallback, readManaged } from '@/lib/services/callback/manage';
import { AppError } from '@/lib/services/errors';
import { context } from '@/lib/services/runtime';
import { callbackPage, callbackPolicy, NOTES, type Note, unknownPage } from './page-of';

export const dynamic = 'force-dynamic';

type Params = { params: Promise<{ token: string }> };

/** Where a call is looked at. Nothing changes by looking: mail scanners follow links too. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const asked = new URL(request.url).searchParams;
  const after = instantOf(asked.get('after'));
  const managed = await readManaged(context(), token, after);
  const nonce = randomBytes(16).toString('base64');
  const note = asked.get('note');
  const page =
    managed === null
      ? unknownPage(nonce)
      : callbackPage({ managed, note: isNote(note) ? note : null, first: after === null }, nonce);
  const isOver = managed !== null && !['booked', 'due'].includes(managed.callback.state);
  return new Response(page, {
    status: managed === null ? 404 : isOver ? 410 : 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': callbackPolicy(nonce),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
  });
}

/** A press on one of the page's buttons; then the page as it stands. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const form = new URLSearchParams((await readText(request, LONGEST_FORM)) ?? '');
  const note = await act(token, form);
  return new Response(null, {
    status: 303,
    headers: { location: `/callback/${encodeURIComponent(token)}?note=${note}`, 'cache-control': 'no-store' },
  });
}

const LONGEST_FORM = 500;

async function act(token: string, form: URLSearchParams): Promise<Note> {
  const [from, to] = [instantOf(form.get('from')), instantOf(form.get('to'))];
  const asked = form.get('do');
  try {
    if (asked === 'cancel') {
      await cancelCallback(context(), token);
      return 'cancelled';
    }
    if (asked !== 'move' || from === null || to === null) return 'none';
    await moveCallback(context(), token, { from, to });
    return 'moved';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'limit' ? 'taken' : 'changed';
  }
}

function instantOf(text: string | null): number | null {
  const value = text !== null && /^\d{1,14}$/.test(text) ? Number(text) : null;
  return value !== null && value <= Date.UTC(9999, 11, 31) ? value : null;
}

function isNote(text: string | null): text is Note {
  return text !== null && Object.hasOwn(NOTES, text);
}

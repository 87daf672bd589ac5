import { randomBytes } from 'node:crypto';
import { targetUrl } from '@/lib/services/form/external';
import { type FoundForm, type OpenedForm, readForm } from '@/lib/services/form/read';
import { submitForm } from '@/lib/services/form/submit';
import { context } from '@/lib/services/runtime';
import { type FormPage, formPage, formPolicy } from './page-of';

export const dynamic = 'force-dynamic';

const MAX_BODY = 256 * 1024;
const NO_FAULTS = { written: null, faults: {} };

interface Params {
  params: Promise<{ token: string }>;
}

/** Where a link to a form leads. Looking does nothing: mail scanners and link previews look too. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const opened = await readForm(context(), token);
  const away = opened.kind === 'open' ? targetUrl(context(), token, opened, backOf(opened)) : null;
  if (away !== null) return redirect(away);
  return respond(pageOf(opened, NO_FAULTS), opened.kind === 'submitted' ? 200 : STATUS[opened.kind]);
}

/** Only what is posted counts, and once. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const body = await readBody(request);
  if (body === null) return respond({ kind: 'tooMuch', shop: null, backTo: null }, 413);
  const written = Object.fromEntries(new URLSearchParams(body));
  const done = await submitForm(context(), token, written);
  if (done.kind !== 'faulty') return respond(pageOf(done, NO_FAULTS), STATUS[done.kind]);
  const opened = await readForm(context(), token);
  return respond(
    pageOf(opened, { written, faults: done.faults }),
    opened.kind === 'open' ? 422 : STATUS[opened.kind],
  );
}

const STATUS = { open: 200, sent: 200, submitted: 409, expired: 410, unknown: 404 } as const;

function pageOf(
  opened: OpenedForm | ({ kind: 'sent' } & FoundForm),
  typed: { written: Readonly<Record<string, string>> | null; faults: Readonly<Record<string, string>> },
): FormPage {
  if (opened.kind === 'unknown') return { kind: 'unknown', shop: null, backTo: null };
  const { link, widget: shop } = opened;
  const backTo = backOf(opened);
  if (opened.kind !== 'open') return { kind: opened.kind, shop, backTo, name: link.form.name };
  const { form, prefilled, expiresAt, teamId } = link;
  const teamName = (teamId && context().directory.team(teamId)?.name) || null;
  return { kind: 'open', shop, backTo, form, prefilled, ...typed, expiresAt, now: context().now(), teamName };
}

function backOf({ link, widget }: FoundForm): string {
  return link.returnTo ?? `/widget?key=${encodeURIComponent(widget.key)}`;
}

function redirect(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}

/** Null where it is more than a form can be. */
async function readBody(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) return null;
  const text = await request.text();
  return text.length > MAX_BODY ? null : text;
}

function respond(page: FormPage, status: number): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(formPage(page, nonce), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': formPolicy(nonce),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
  });
}

import { randomBytes } from 'node:crypto';
import { targetUrl } from '@/lib/services/form/external';
import { type FoundForm, type OpenedForm, readForm } from '@/lib/services/form/read';
import { submitForm } from '@/lib/services/form/submit';
import { context } from '@/lib/services/runtime';
import { type FormPage, formPage, formPolicy } from './page-of';
import { readPosted } from './posted';

export const dynamic = 'force-dynamic';

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

/** Only what is posted counts, and once. Nothing is read of it before the link is known to work. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const opened = await readForm(context(), token);
  if (opened.kind !== 'open') return respond(pageOf(opened, NO_FAULTS), STATUS[opened.kind]);
  const body = await readPosted(request, opened.link.form.fields);
  if (body === null) return respond({ kind: 'tooMuch', shop: opened.widget, backTo: null }, 413);
  const { written, files } = body;
  const done = await submitForm(context(), token, written, 'page', files);
  if (done.kind !== 'faulty') return respond(pageOf(done, NO_FAULTS), STATUS[done.kind]);
  const faults = { ...againFaults(files), ...done.faults };
  return respond(pageOf(opened, { written, faults }), 422);
}

/** No browser keeps a file over a page that comes back. */
function againFaults(files: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.keys(files).map((id) => [id, 'Choose the file again.']));
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

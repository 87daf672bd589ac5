import { ZodError } from 'zod';
import type { ErrorCode, Refusal } from '@/lib/domain/errors';
import { AppError } from '@/lib/services/errors';
import { context } from '@/lib/services/runtime';
import { readText } from './read-body';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 422,
  limit: 429,
  unauthenticated: 401,
  unavailable: 503,
};
const MAX_BODY = 64 * 1024;

/** The one shape of a changing route: our own page, JSON, the verb, and its error mapped once. */
export function answer(
  request: Request,
  verb: (input: unknown) => Promise<unknown>,
  maxBody = MAX_BODY,
): Promise<Response> {
  return answerRead(async () => {
    refuseForeign(request);
    return verb(await readJson(request, maxBody));
  });
}

/** The same for a route that answers a file: to be saved, and taken for nothing else. */
export function answerFile(
  request: Request,
  verb: (input: unknown) => Promise<{ name: string; type: string; bytes: Buffer }>,
): Promise<Response> {
  return guarded(async () => {
    refuseForeign(request);
    const { name, type, bytes } = await verb(await readJson(request, MAX_BODY));
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  });
}

/** The same for a route that only tells: no other site can read what it says. */
export function answerRead(verb: () => Promise<unknown>): Promise<Response> {
  return guarded(async () => respond(200, { data: await verb() }));
}

async function guarded(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    const refusal = refusalOf(error);
    return respond(STATUS[refusal.code], { error: refusal });
  }
}

/** A cookie is sent along with any site's form: only our own pages may post. */
function refuseForeign(request: Request): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const own = origin === null ? site === null || site === 'same-origin' : isOwnOrigin(origin, request);
  if (!own) throw new AppError('forbidden', 'This request did not come from a page of the desk.');
}

/** Whether a request came from a page of this desk itself. */
export function isOwnOrigin(origin: string, request: Request): boolean {
  if (origin === new URL(context().baseUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host');
}

async function readJson(request: Request, maxBody: number): Promise<unknown> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    throw new AppError('invalid', 'Send JSON.');
  }
  const text = await readText(request, maxBody);
  if (text === null) throw new AppError('limit', 'That is too much at once.');
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid', 'The JSON is malformed.');
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof AppError) return error.refusal;
  if (error instanceof ZodError) {
    const fields: Record<string, string> = {};
    for (const issue of error.issues) fields[issue.path.join('.') || 'input'] ??= issue.message;
    return { code: 'invalid', message: Object.values(fields)[0] ?? 'The input is not usable.', fields };
  }
  const errorId = context().newId();
  context().log.error({ err: error, errorId }, 'a request failed');
  return { code: 'unavailable', message: `Something went wrong on our side (${errorId}). Try again.` };
}

function respond(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

import type { z } from 'zod';
import { readText } from '@/lib/auth/read-body';
import { answerRead, isOwnOrigin } from '@/lib/auth/route-answer';
import { mayApproach, type mayApproachInput, readApproaches } from '@/lib/services/approach/read';
import { AppError } from '@/lib/services/errors';
import { context } from '@/lib/services/runtime';
import { builtText } from '../versions';

export const dynamic = 'force-dynamic';

const MAX_BODY = 8 * 1024;

/** What the loader loads beside the closed chat: nothing where nobody is approached. */
export async function GET(request: Request): Promise<Response> {
  const found = readApproaches(context(), new URL(request.url).searchParams.get('key') ?? '');
  if (found === null) return new Response('There is no widget with this key.', { status: 404 });
  const script =
    found.approaches.length === 0
      ? ''
      : `(function(settings){${await builtText('approach.js')}})(${JSON.stringify(found)});`;
  return new Response(script, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** Asked once by a browser that sees its conditions met. No cookie counts here. */
export async function POST(request: Request): Promise<Response> {
  const origin = request.headers.get('origin') ?? '';
  const response = await answerRead(async () => {
    const body = await readText(request, MAX_BODY);
    if (body === null) throw new AppError('limit', 'That is too much at once.');
    const site = isOwnOrigin(origin, request) ? null : origin;
    return mayApproach(context(), site, parsed(body) as z.input<typeof mayApproachInput>);
  });
  if (response.status !== 403) response.headers.set('access-control-allow-origin', origin);
  response.headers.set('vary', 'origin');
  return response;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AppError('invalid', 'The JSON is malformed.');
  }
}

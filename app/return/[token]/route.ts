import { randomBytes } from 'node:crypto';
import { context } from '@/lib/services/runtime';
import { readReturn } from '@/lib/services/visitor/return-link';
import { returnPage, returnPolicy } from './page-of';

export const dynamic = 'force-dynamic';

/** Where a mailed link leads: one press away from the conversation, since mail scanners follow links too. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params;
  const found = await readReturn(context(), token);
  const nonce = randomBytes(16).toString('base64');
  const page =
    found.kind === 'open'
      ? { kind: found.kind, widget: found.widget, token }
      : { kind: found.kind, widget: found.kind === 'expired' ? found.widget : null };
  return new Response(returnPage(page, nonce), {
    status: found.kind === 'open' ? 200 : found.kind === 'expired' ? 410 : 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': returnPolicy(nonce),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
  });
}

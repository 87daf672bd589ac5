import { randomBytes } from 'node:crypto';
import { context } from '@/lib/services/runtime';
import { readWidget } from '@/lib/services/widget/read';
import { widgetHtml, widgetPolicy } from './document';
import { builtVersion } from './versions';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const key = new URL(request.url).searchParams.get('key') ?? '';
  const widget = key === '' ? null : await readWidget(context(), key);
  if (widget === null) return new Response('There is no widget with this key.', { status: 404 });
  const page = {
    ...widget,
    nonce: randomBytes(16).toString('base64'),
    host: request.headers.get('host') ?? '',
    versions: {
      css: await builtVersion('widget.css'),
      js: await builtVersion('widget.js'),
      later: `${await builtVersion('later.js')}${await builtVersion('later.css')}`,
    },
  };
  return new Response(widgetHtml(page), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': widgetPolicy(page),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}

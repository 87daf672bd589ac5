import { isSiteOrigin } from '@/lib/domain/site-origin';

interface WidgetDocument {
  key: string;
  locale: string;
  allowedOrigins: readonly string[];
  nonce: string;
  /** Host of the request, for the socket's address. */
  host: string;
  /** Changes with the files, so that an old copy is never run with a new page. */
  versions: { css: string; js: string; later: string };
}

/** The page inside the frame: two files, the widget's key, and which version of the later cards there is. */
export function widgetHtml({ key, locale, allowedOrigins, nonce, versions }: WidgetDocument): string {
  const origins = allowedOrigins.filter(isSiteOrigin).join(' ');
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>Chat</title>
<link rel="stylesheet" href="/built/widget.css?v=${versions.css}">
<script defer nonce="${nonce}" src="/built/widget.js?v=${versions.js}"></script>
</head>
<body><div id="baton" data-widget="${escapeHtml(key)}" data-origins="${escapeHtml(origins)}" data-later="${versions.later}"></div></body>
</html>
`;
}

/** Nothing but our two files and our own socket; framed by the sites of this widget only. */
export function widgetPolicy({ allowedOrigins, nonce, host }: WidgetDocument): string {
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...allowedOrigins.filter(isSiteOrigin)].join(' ')}`,
  ].join('; ');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

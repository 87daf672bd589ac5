import type { Context } from '../context';

/** What the frame of a widget needs before it opens a connection; null for an unknown key. */
export async function readWidget(
  ctx: Context,
  key: string,
): Promise<{ key: string; allowedOrigins: string[]; locale: string } | null> {
  const widget = ctx.directory.widgetByKey(key);
  return widget ? { key: widget.key, allowedOrigins: widget.allowedOrigins, locale: widget.locale } : null;
}

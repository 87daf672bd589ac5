import { setSeenOn } from '@/db/queries/widgets';
import type { Context } from '../context';
import { tellDirectoryChanged } from '../notices';

/**
 * Remembers the first site, allowed and not our own, on which the widget was opened. The word is the browser's and
 * proves nothing more; all later ones cost no question.
 */
export async function noteSite(ctx: Context, widgetId: string, origin: string): Promise<void> {
  const widget = ctx.directory.widget(widgetId);
  const isNews = widget?.seenOn === null && widget.allowedOrigins.includes(origin);
  if (!isNews || origin === new URL(ctx.baseUrl).origin) return;
  if (await setSeenOn(ctx.db, widgetId, origin, ctx.now())) await tellDirectoryChanged(ctx);
}

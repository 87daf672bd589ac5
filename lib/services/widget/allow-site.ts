import { z } from 'zod';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { siteOriginOf } from '@/lib/domain/site-origin';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { tellDirectoryChanged } from '../notices';

const MAX_SITES = 100;

export const allowSiteInput = z.strictObject({ site: z.string().max(300), allowed: z.boolean() });

/** Lets a site show the widget, or no longer. What is so already is done again without a trace. */
export async function allowSite(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof allowSiteInput>,
): Promise<{ sites: string[] }> {
  authorise(actor, 'widget.allowSite');
  const { site, allowed } = allowSiteInput.parse(raw);
  const origin = siteOriginOf(site);
  if (origin === null) throw refused('Write the address of one site, such as https://shop.example.');
  if (allowed && origin === new URL(ctx.baseUrl).origin)
    throw refused('That is this desk itself. It may show the widget already.');
  const widget = ctx.directory.widgets()[0];
  if (!widget) throw notFound('widget');
  if (widget.allowedOrigins.includes(origin) === allowed) return { sites: widget.allowedOrigins };
  if (allowed && widget.allowedOrigins.length >= MAX_SITES)
    throw refused(`More than ${MAX_SITES} sites are not possible. Take one away first.`);
  await commitSetting(
    ctx.db,
    ctx.keys.audit,
    {
      text: `update widgets set allowed_origins = case when $3::bool then array_append(allowed_origins, $2::text)
          else array_remove(allowed_origins, $2::text) end
        where id = $1::uuid and ($2::text = any(allowed_origins)) <> $3::bool returning id`,
      parameters: [widget.id, origin, allowed],
    },
    {
      kind: allowed ? 'widget.siteAllowed' : 'widget.siteRemoved',
      actor: loggedActor(actor),
      payload: { widgetId: widget.id, origin },
      at: ctx.now(),
    },
  );
  await tellDirectoryChanged(ctx);
  return { sites: ctx.directory.widget(widget.id)?.allowedOrigins ?? [] };
}

function refused(message: string): AppError {
  return new AppError('invalid', message, { fields: { site: message } });
}

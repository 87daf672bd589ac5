import { type FormLinkRow, findFormLink } from '@/db/queries/forms';
import { readFormLink } from '@/lib/crypto/form-link';
import type { Context } from '../context';
import type { DirectoryWidget } from '../directory';

export interface FoundForm {
  link: FormLinkRow;
  widget: DirectoryWidget;
}

export type OpenedForm = ({ kind: 'open' | 'submitted' | 'expired' } & FoundForm) | { kind: 'unknown' };

/** What a link opens. Only looks: a scanner that follows it changes nothing, however often. */
export async function readForm(ctx: Context, token: string): Promise<OpenedForm> {
  const signed = readFormLink(ctx.keys.link, token);
  const link = signed && (await findFormLink(ctx.db, signed.linkId));
  const widget = link && ctx.directory.widget(link.widgetId);
  if (!link || !widget) return { kind: 'unknown' };
  const kind = link.submittedAt !== null ? 'submitted' : link.expiresAt <= ctx.now() ? 'expired' : 'open';
  return { kind, link, widget };
}

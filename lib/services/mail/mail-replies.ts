import type { TimerWrite } from '@/db/commit';
import { findConversation } from '@/db/queries/conversations';
import { countMailsTo } from '@/db/queries/outbox';
import { readUnreadReplies, type UnreadReply } from '@/db/queries/replies';
import { deleteTimer, moveTimer } from '@/db/queries/timers';
import { findVisitor } from '@/db/queries/visitors';
import type { Actor } from '@/lib/domain/actor';
import { replyMailAt } from '@/lib/domain/reply-mail';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import type { DirectoryWidget } from '../directory';
import { RETURN_DAYS, returnUrl } from '../visitor/return-link';
import { writeLetter } from './letter';
import { mailTexts } from './texts';

export const REPLY_MAIL = 'reply.mail';
export const replyMailKey = (conversationId: string) => `${REPLY_MAIL}:${conversationId}`;

const MAILER: Actor = { kind: 'system', job: 'mail' };
const MOST_QUOTED = 20;
/** An address is typed by anybody: whoever owns it is not written to more often than this. */
const MOST_A_DAY = 20;
const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

/** Written with an agent's words, where the visitor has left an address. The first of a burst decides when it is looked at. */
export function replyMailTimer(ctx: Context, conversationId: string): TimerWrite {
  return {
    key: replyMailKey(conversationId),
    kind: REPLY_MAIL,
    dueAt: ctx.now() + ctx.mailPauseMs,
    when: 'mayMail',
    keepsEarlier: true,
  };
}

/**
 * Mails a visitor what agents wrote while they were away: once for a burst, and nothing that they have read. While a server
 * hears them it waits; they may still leave without having looked.
 */
export async function mailReplies(ctx: Context, conversationId: string): Promise<void> {
  await decideAgain(async () => {
    const loaded = await findConversation(ctx.db, conversationId);
    const key = replyMailKey(conversationId);
    const seq = loaded?.head.seq ?? 0;
    const visitor = loaded && (await findVisitor(ctx.db, loaded.head.visitorId));
    const widget = visitor && ctx.directory.widget(visitor.widgetId);
    const replies = visitor?.email ? await readUnreadReplies(ctx.db, conversationId, MOST_QUOTED) : [];
    const [first, last] = [replies[0], replies.at(-1)];
    if (!loaded || !visitor?.email || !widget || !first || !last) {
      await deleteTimer(ctx.db, key, seq);
      return true;
    }
    const now = ctx.now();
    const later = async (at: number) => {
      await moveTimer(ctx.db, key, at, seq);
      return true;
    };
    const dueAt = replyMailAt(first.at, last.at, ctx.mailPauseMs);
    if (dueAt > now) return later(dueAt);
    if (visitor.connectedUntil !== null && visitor.connectedUntil > now) return later(visitor.connectedUntil);
    if ((await countMailsTo(ctx.db, visitor.email, now - DAY_MS)) >= MOST_A_DAY) return later(now + HOUR_MS);
    const mailId = ctx.newId();
    const url = returnUrl(ctx, visitor.id, visitor.email);
    const mail = {
      id: mailId,
      kind: 'reply',
      recipient: visitor.email,
      ...letterOf(widget, replies, url),
    } as const;
    const committed = await commitChange(ctx, MAILER, {
      conversationId,
      guard: { version: loaded.head.version },
      head: {},
      messages: [],
      events: [{ kind: 'customer.mailed', payload: { mailId, upToSeq: last.seq, count: replies.length } }],
      outbox: [mail],
      removeTimers: [{ key }],
    });
    return committed && true;
  });
}

function letterOf(widget: DirectoryWidget, replies: readonly UnreadReply[], url: string) {
  const { locale, shopName } = widget;
  const say = mailTexts(locale);
  const names = [...new Set(replies.map(({ authorName }) => firstName(authorName) ?? say('ourTeam')))];
  const agent = names.join(', ');
  return writeLetter({
    locale,
    shopName,
    brand: widget.theme.brand,
    subject: say('replySubject', { shop: shopName, agent }),
    title: say('replyTitle', { agent }),
    quotes: replies.map(({ authorName, body }) => ({ name: authorName ?? say('ourTeam'), text: body })),
    button: { label: say('replyButton'), url },
    fine: [say('replyWhy'), say('replyLink', { days: String(RETURN_DAYS) }), say('replyNotHere')],
  });
}

function firstName(name: string | null): string | null {
  return name?.split(' ')[0] ?? null;
}

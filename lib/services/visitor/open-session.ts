import { findConversation, findConversationOfVisitor, readEvents } from '@/db/queries/conversations';
import { findCustomer, upsertCustomer } from '@/db/queries/customers';
import { readWaitingTeam } from '@/db/queries/queue';
import { countAhead } from '@/db/queries/views';
import {
  findVisitor,
  insertVisitor,
  linkVisitor,
  readIdentitySecret,
  type VisitorRow,
} from '@/db/queries/visitors';
import { verifyIdentity } from '@/lib/crypto/identity';
import { unseal } from '@/lib/crypto/sealed';
import { signVisitorToken, verifyVisitorToken } from '@/lib/crypto/visitor-token';
import type { VisitorActor } from '@/lib/domain/actor';
import { isToolOn } from '@/lib/domain/bot-tools';
import {
  type QueuePosition,
  SNAPSHOT_EVENTS,
  type VisitorEvent,
  type VisitorSession,
  type VisitorSnapshot,
} from '@/lib/protocol';
import type { Context } from '../context';
import { visitorEvent, visitorHandoff } from '../conversation/wire';
import type { DirectoryWidget } from '../directory';
import { AppError } from '../errors';
import { tellCustomersChanged } from '../notices';
import { readQuotedLine } from '../queue/quote';
import { conversationOf } from './conversation-of';
import { identify } from './identify';
import { readReturn } from './return-link';

/** Who a handshake speaks for. Without a token a new visitor is made; a false one is refused, never guessed at. */
export async function admitVisitor(
  ctx: Context,
  handshake: {
    widget: string;
    token?: string | undefined;
    identity?: string | undefined;
    link?: string | undefined;
  },
): Promise<VisitorActor> {
  const widget = ctx.directory.widgetByKey(handshake.widget);
  if (!widget)
    throw new AppError('not_found', 'There is no widget with this key. Check the data-widget attribute.');
  if (handshake.link !== undefined) return returning(ctx, widget, handshake.link);
  const customerId =
    handshake.identity !== undefined ? await identified(ctx, widget, handshake.identity) : null;
  const known = handshake.token !== undefined ? await knownVisitor(ctx, widget, handshake.token) : null;
  const visitor = known && (await belonging(ctx, known, customerId));
  const id = visitor?.id ?? ctx.newId();
  if (!visitor) await insertVisitor(ctx.db, { id, widgetId: widget.id, customerId, at: ctx.now() });
  const conversation = visitor ? await findConversationOfVisitor(ctx.db, id) : null;
  const actor = {
    kind: 'visitor',
    id,
    widgetId: widget.id,
    conversationId: conversation?.id ?? null,
  } as const;
  if (visitor?.customerId && conversation?.customerId === null) {
    await identify(ctx, actor, { conversationId: conversation.id, customerId: visitor.customerId });
  }
  return actor;
}

/** Whoever has the link is the visitor it was made for: no other word of the handshake is heard, and nothing is tied to it. */
async function returning(ctx: Context, widget: DirectoryWidget, link: string): Promise<VisitorActor> {
  const found = await readReturn(ctx, link);
  if (found.kind !== 'open' || found.widget.id !== widget.id) {
    throw new AppError(
      'unauthenticated',
      'This link has expired, or is not whole. Write to us in a new chat.',
    );
  }
  const conversation = await findConversationOfVisitor(ctx.db, found.visitor.id);
  return {
    kind: 'visitor',
    id: found.visitor.id,
    widgetId: widget.id,
    conversationId: conversation?.id ?? null,
  };
}

async function knownVisitor(ctx: Context, widget: DirectoryWidget, text: string) {
  const token = verifyVisitorToken(ctx.keys.visitor, text, ctx.now());
  if (token === null || token.widgetId !== widget.id) {
    throw new AppError('unauthenticated', 'This chat session has ended. Open the chat again.');
  }
  const visitor = await findVisitor(ctx.db, token.visitorId);
  if (visitor === null)
    throw new AppError('unauthenticated', 'This chat session has ended. Open the chat again.');
  return visitor;
}

/** A browser without a customer takes the one that the site has signed for; one of somebody else starts anew. */
async function belonging(
  ctx: Context,
  visitor: VisitorRow,
  customerId: string | null,
): Promise<VisitorRow | null> {
  if (customerId === null || visitor.customerId === customerId) return visitor;
  if (visitor.customerId !== null) return null;
  const linked = await linkVisitor(ctx.db, visitor.id, customerId);
  return linked === customerId ? { ...visitor, customerId } : null;
}

async function identified(ctx: Context, widget: DirectoryWidget, token: string): Promise<string> {
  const sealed = await readIdentitySecret(ctx.db, widget.id);
  const secret = unseal(ctx.keys.rest, `widget:${widget.id}`, sealed);
  const claims = verifyIdentity(secret, token, ctx.now());
  if (claims === null) {
    throw new AppError(
      'unauthenticated',
      'The site signed this customer wrongly or too long ago. Sign a new token.',
    );
  }
  const { id, isRenamed } = await upsertCustomer(ctx.db, {
    id: ctx.newId(),
    externalId: claims.sub,
    name: claims.name ?? claims.email ?? claims.sub,
    email: claims.email ?? null,
    attributes: claims.attributes ?? {},
    at: ctx.now(),
  });
  if (isRenamed) await tellCustomersChanged(ctx);
  return id;
}

/** What the widget needs to show: who it speaks for, the talk so far, the place in line. */
export async function openSession(ctx: Context, actor: VisitorActor): Promise<VisitorSession> {
  const widget = ctx.directory.widget(actor.widgetId);
  const visitor = await findVisitor(ctx.db, actor.id);
  if (!widget || !visitor) throw new AppError('unauthenticated', 'Open the chat again to go on.');
  const customer = visitor.customerId ? await findCustomer(ctx.db, visitor.customerId) : null;
  const conversationId = await conversationOf(ctx, actor);
  const conversation = conversationId ? await visitorSnapshot(ctx, conversationId) : null;
  const waiting = conversation?.handoff?.state === 'pending' ? conversation.handoff.id : null;
  return {
    token: signVisitorToken(ctx.keys.visitor, {
      visitorId: actor.id,
      widgetId: widget.id,
      issuedAt: ctx.now(),
    }),
    visitorId: actor.id,
    name: customer?.name ?? null,
    email: visitor.email ?? customer?.email ?? null,
    widget: {
      id: widget.id,
      shopName: widget.shopName,
      botName: widget.botName,
      currency: widget.currency,
      locale: widget.locale,
      theme: widget.theme,
      suggestions: widget.suggestions,
      texts: widget.texts,
      calls: isToolOn(ctx.settings.tools(widget.id), 'schedule_callback'),
    },
    conversation,
    position: waiting ? await positionOf(ctx, waiting) : null,
    serverNow: ctx.now(),
  };
}

/** The talk as its visitor may see it. */
export async function visitorSnapshot(ctx: Context, conversationId: string): Promise<VisitorSnapshot> {
  const loaded = await findConversation(ctx.db, conversationId);
  if (loaded === null) throw new Error(`Conversation ${conversationId} is gone`);
  const { head, handoff } = loaded;
  const log = await readEvents(
    ctx.db,
    conversationId,
    { before: head.visibleSeq + 1 },
    SNAPSHOT_EVENTS,
    true,
  );
  return {
    conversationId,
    seq: head.visibleSeq,
    state: head.state,
    handoff: visitorHandoff(ctx, handoff, log.events),
    events: log.events.map((logged) => visitorEvent(ctx, logged)).filter((event) => event !== null),
    more: log.more,
    staffReadSeq: head.staffReadSeq,
  };
}

/** What the visitor missed after `after`, in the visitor's own numbers. */
export async function visitorEventsSince(
  ctx: Context,
  actor: VisitorActor,
  after: number,
  limit: number,
): Promise<{ events: VisitorEvent[]; more: boolean }> {
  const conversationId = await conversationOf(ctx, actor);
  if (conversationId === null) return { events: [], more: false };
  const log = await readEvents(ctx.db, conversationId, { after }, limit, true);
  return {
    events: log.events.map((logged) => visitorEvent(ctx, logged)).filter((event) => event !== null),
    more: log.more,
  };
}

/** The place in the order of service and the likely wait, as the queue tells them live. */
async function positionOf(ctx: Context, handoffId: string): Promise<QueuePosition | null> {
  const teamId = await readWaitingTeam(ctx.db, handoffId);
  if (teamId === null) return null;
  const line = await readQuotedLine(ctx, teamId);
  const place = line.findIndex((quoted) => quoted.handoffId === handoffId);
  if (place !== -1) return { position: place + 1, exact: true, wait: line[place]?.wait ?? null };
  const ahead = await countAhead(ctx.db, handoffId);
  return ahead === null ? null : { position: ahead + 1, exact: false, wait: null };
}

import {
  type MovedHead as CommittedHead,
  type HandoffRow,
  type Head,
  type MovedHandoff,
  SETTABLE,
} from '@/db/queries/conversation-rows';
import type { LoggedEvent, MessageRow } from '@/db/queries/conversations';
import { nextOpening } from '@/lib/domain/business-hours';
import type { CallbackTerms } from '@/lib/domain/callback';
import { minutesToFill } from '@/lib/domain/form-template';
import { isOpenHandoff, type Path, UNATTENDED_PATHS } from '@/lib/domain/handoff';
import type {
  ConversationHead,
  HandoffView,
  MessageView,
  MovedHead,
  OfferedForm,
  StaffBatch,
  StaffEvent,
  VisitorCallback,
  VisitorCallbackChange,
  VisitorEvent,
  VisitorHandoff,
  VisitorHandoffChange,
} from '@/lib/protocol';
import { callbackUrl } from '../callback/link';
import { makesCalls } from '../callback/propose';
import type { Context, Publication } from '../context';
import { visitorForm } from '../form/link';
import { slaViews } from '../sla/views';

/** The events of a commit as the log will answer them, without asking it. */
export function loggedEvents({ committed, change, actor, at }: Publication): LoggedEvent[] {
  return committed.events.map(({ seq, visibleSeq, ...event }) => {
    const written =
      event.kind === 'message.sent' || event.kind === 'note.added'
        ? change.messages.find((message) => message.id === event.payload.messageId)
        : undefined;
    return {
      event,
      seq,
      visibleSeq,
      actor,
      at,
      message: written ? { ...written, seq, at } : null,
      handoff: 'handoffId' in event.payload ? committed.handoff : null,
    };
  });
}

/** What a commit tells the desk. */
export function staffBatch(publication: Publication, logged: LoggedEvent[]): StaffBatch {
  const { head } = publication.committed;
  return {
    conversationId: head.id,
    head: movedView(head),
    events: logged.map((event) => staffEvent(head.id, event)),
    ...(publication.customer ? { customer: publication.customer } : {}),
  };
}

export function staffEvent(conversationId: string, logged: LoggedEvent): StaffEvent {
  return {
    ...logged.event,
    conversationId,
    seq: logged.seq,
    visibleSeq: logged.visibleSeq,
    actor: logged.actor,
    at: logged.at,
    ...(logged.message ? { message: messageView(logged.message) } : {}),
    ...(logged.handoff ? { handoff: movedHandoffView(logged.handoff) } : {}),
  };
}

function messageView(row: MessageRow): MessageView {
  return {
    id: row.id,
    clientId: row.clientId,
    author: row.author,
    authorId: row.authorId,
    authorName: row.authorName,
    kind: row.kind,
    body: row.body,
    sources: row.sources,
    at: row.at,
    ...(row.page == null ? {} : { page: row.page }),
  };
}

export function handoffView(row: HandoffRow): HandoffView {
  const { context, scoreParts } = row;
  return { ...movedHandoffView(row), context, scoreParts, sla: slaViews(row.sla) };
}

function movedHandoffView(row: MovedHandoff): NonNullable<StaffEvent['handoff']> {
  return {
    id: row.id,
    state: row.state,
    reason: row.reason,
    confidence: row.confidence,
    path: row.path,
    priority: row.priority,
    score: row.score,
    teamId: row.teamId,
    agentId: row.agentId,
    offeredAt: row.offeredAt,
    queuedAt: row.queuedAt,
    claimedAt: row.claimedAt,
    firstReplyAt: row.firstReplyAt,
    endedAt: row.endedAt,
    outcome: row.outcome,
    ...(row.context === undefined ? {} : { context: row.context }),
    ...(row.scoreParts === undefined ? {} : { scoreParts: row.scoreParts }),
    ...(row.sla === undefined ? {} : { sla: slaViews(row.sla) }),
  };
}

/** What a commit moved, for those who hold the rest. */
function movedView(head: CommittedHead): MovedHead {
  const { state, ownerEpoch, version, seq, visibleSeq, teamId, agentId } = head;
  const moved: MovedHead = { state, ownerEpoch, version, seq, visibleSeq, teamId, agentId };
  for (const field of SETTABLE) {
    if (field === 'ring' || !(field in head)) continue;
    Object.assign(moved, { [field]: head[field] });
  }
  return head.ring === undefined ? moved : { ...moved, transfer: transferOf({ state, ring: head.ring }) };
}

export function headView(head: Head): ConversationHead {
  return {
    id: head.id,
    widgetId: head.widgetId,
    visitorId: head.visitorId,
    customerId: head.customerId,
    state: head.state,
    ownerEpoch: head.ownerEpoch,
    version: head.version,
    seq: head.seq,
    visibleSeq: head.visibleSeq,
    teamId: head.teamId,
    agentId: head.agentId,
    participants: head.participants,
    transfer: transferOf(head),
    topic: head.topic,
    labels: head.labels,
    mood: head.mood,
    startedAt: head.startedAt,
    resolvedAt: head.resolvedAt,
    visitorReadSeq: head.visitorReadSeq,
    staffReadSeq: head.staffReadSeq,
  };
}

/** Out of a queue it rings for the desk at large; with an agent, for the one whom they ask. */
function transferOf({ state, ring }: Pick<Head, 'state' | 'ring'>): ConversationHead['transfer'] {
  return state === 'active' ? ring : null;
}

/** What a visitor is told of an event; null for what only staff may see. Nothing of signals, scores, notes or hashes. */
export function visitorEvent(ctx: Context, logged: LoggedEvent): VisitorEvent | null {
  if (logged.visibleSeq === null) return null;
  const base = { seq: logged.visibleSeq, at: logged.at };
  const { event } = logged;
  switch (event.kind) {
    case 'conversation.started':
      return { ...base, kind: 'started' };
    case 'conversation.reopened':
      return { ...base, kind: 'reopened' };
    case 'conversation.read':
      return {
        ...base,
        kind: 'read',
        side: event.payload.side,
        upTo: Math.min(event.payload.upTo, logged.visibleSeq - 1),
      };
    case 'form.sent':
      return { ...base, kind: 'formSent', form: visitorForm(ctx, event.payload) };
    case 'form.submitted':
      return { ...base, kind: 'formSubmitted', formId: event.payload.linkId, name: event.payload.name };
    case 'message.sent':
      return logged.message ? { ...base, kind: 'message', message: visitorMessage(logged.message) } : null;
    case 'conversation.joined':
    case 'conversation.left':
      return {
        ...base,
        kind: event.kind === 'conversation.joined' ? 'joined' : 'left',
        name: event.payload.agentName,
      };
    case 'callback.booked':
    case 'callback.moved':
    case 'callback.cancelled':
    case 'callback.due':
    case 'callback.kept':
    case 'callback.missed':
      return {
        ...base,
        kind: 'callback',
        change: CALLBACK_CHANGES[event.kind],
        callback: visitorCallback(ctx, event.payload),
      };
    case 'callback.reminded':
    case 'conversation.identified':
    case 'customer.mailed':
    case 'note.added':
    case 'turn.judged':
    case 'conversation.labelled':
    case 'team.notified':
    case 'form.revealed':
    case 'handoff.prioritised':
    case 'handoff.rang':
    case 'handoff.ringEnded':
    case 'handoff.askedAgain':
    case 'handoff.transferAsked':
    case 'sla.updated':
    case 'sla.marked':
      return null;
    default: {
      if (logged.handoff === null) return null;
      const change = changeOf(logged, event.kind);
      return {
        ...base,
        kind: 'handoff',
        change,
        handoff: afterChange(ctx, logged.handoff, logged, change),
        byName: byNameOf(logged),
      };
    }
  }
}

/** Who did it, by name; of an agent who is gone, the agent. */
function byNameOf({ event, actor }: LoggedEvent): string | null {
  if (event.kind === 'handoff.dropped') return event.payload.agentName;
  if (event.kind === 'handoff.transferred' && event.payload.fromAgentName) return event.payload.fromAgentName;
  return actor.kind === 'agent' || actor.kind === 'bot' ? actor.name : null;
}

/** Others are a name and a kind to a visitor: ids of people and numbers of the desk's own log stay inside. */
function visitorMessage(row: MessageRow): MessageView {
  const { page: _, ...view } = messageView(row);
  return view.author === 'visitor' ? view : { ...view, authorId: null, clientId: view.id };
}

const CHANGES = {
  'handoff.offered': 'offered',
  'handoff.declined': 'declined',
  'handoff.formChosen': 'formChosen',
  'handoff.detailsAsked': 'detailsAsked',
  'handoff.queued': 'queued',
  'handoff.widened': 'widened',
  'handoff.pathChanged': 'pathChanged',
  'handoff.cancelled': 'cancelled',
  'handoff.scheduled': 'scheduled',
  'handoff.claimed': 'claimed',
  'conversation.takenOver': 'takenOver',
  'handoff.released': 'released',
  'handoff.dropped': 'dropped',
  'handoff.transferred': 'transferred',
  'handoff.reassigned': 'transferred',
  'handoff.returned': 'returned',
  'handoff.resolved': 'resolved',
} as const satisfies Record<string, VisitorHandoffChange>;

const CALLBACK_CHANGES = {
  'callback.booked': 'booked',
  'callback.moved': 'moved',
  'callback.cancelled': 'cancelled',
  'callback.due': 'due',
  'callback.kept': 'kept',
  'callback.missed': 'missed',
} as const satisfies Record<string, VisitorCallbackChange>;

function visitorCallback(ctx: Context, terms: CallbackTerms): VisitorCallback {
  return {
    id: terms.callbackId,
    channel: terms.channel,
    slot: terms.slot,
    lateAt: terms.lateAt,
    timeZone: terms.timeZone,
    teamTimeZone: terms.teamTimeZone,
    teamName: ctx.directory.team(terms.teamId)?.name ?? null,
    agentName: terms.agent?.name ?? null,
    url: callbackUrl(ctx, terms.callbackId),
  };
}

/** Whoever supervises and takes it themself is introduced as one who stepped in, not as one who was passed on to. */
function changeOf({ event, actor }: LoggedEvent, kind: keyof typeof CHANGES): VisitorHandoffChange {
  const own =
    event.kind === 'handoff.reassigned' && actor.kind === 'agent' && event.payload.to.id === actor.id;
  return own ? 'takenOver' : CHANGES[kind];
}

/** The handoff as it stood after this event, made from the event itself, so that live and catch-up say the same. */
function afterChange(
  ctx: Context,
  row: MovedHandoff,
  logged: LoggedEvent,
  change: VisitorHandoffChange,
): VisitorHandoff {
  const { event, at } = logged;
  const teamName = (id: string | null) => (id === null ? null : (ctx.directory.team(id)?.name ?? null));
  const base = {
    id: row.id,
    reason: row.reason,
    paths: row.pathsOffered,
    forms: [],
    teamName: null,
    opensAt: null,
    ahead: null,
    wait: null,
    alternatives: [],
    followUp: false,
    callback: null,
    askedCall: false,
    unavailable: [],
    instead: [],
    queuedAt: null,
    agentName: null,
    claimedAt: null,
  };
  switch (event.kind) {
    case 'handoff.offered': {
      const { paths, team, forms, alternatives, asked, unavailable } = event.payload;
      return {
        ...base,
        state: 'offered',
        paths,
        forms: offeredForms(ctx, forms ?? []),
        teamName: teamName(team?.teamId ?? null),
        opensAt: team?.opensAt ?? null,
        ahead: team?.ahead ?? null,
        wait: team?.wait ?? null,
        alternatives: (alternatives ?? []).flatMap((id) => {
          const title = ctx.knowledge.titleOf(id);
          return title === null ? [] : [{ id, title }];
        }),
        callback: team?.callback ?? null,
        askedCall: asked !== undefined && paths.includes('callback'),
        unavailable: unavailable ?? [],
      };
    }
    case 'handoff.queued':
    case 'handoff.widened':
    case 'handoff.released':
    case 'handoff.dropped':
    case 'handoff.pathChanged': {
      const { path } = 'path' in event.payload ? event.payload : row;
      return {
        ...base,
        state: 'pending',
        followUp: waitsAlone(path),
        instead: insteadOf(ctx, event.payload.teamId, path),
        teamName: teamName(event.payload.teamId),
        opensAt: opensAt(ctx, event.payload.teamId, at),
        queuedAt: row.queuedAt,
      };
    }
    case 'handoff.claimed':
      return {
        ...base,
        state: 'claimed',
        teamName: teamName(row.teamId),
        queuedAt: row.queuedAt,
        agentName: event.payload.agentName,
        claimedAt: at,
      };
    case 'conversation.takenOver':
      return {
        ...base,
        state: 'claimed',
        teamName: teamName(event.payload.teamId),
        queuedAt: row.queuedAt,
        agentName: event.payload.agentName,
        claimedAt: at,
      };
    case 'handoff.transferred':
    case 'handoff.reassigned':
      return event.payload.to.kind === 'agent'
        ? {
            ...base,
            state: 'claimed',
            teamName: teamName(row.teamId),
            queuedAt: row.queuedAt,
            agentName: event.payload.to.name,
            claimedAt:
              event.kind === 'handoff.reassigned' && event.payload.from === null ? at : row.claimedAt,
          }
        : {
            ...base,
            state: 'pending',
            followUp: waitsAlone(row.path),
            instead: insteadOf(ctx, event.payload.to.id, row.path),
            teamName: event.payload.to.name,
            opensAt: opensAt(ctx, event.payload.to.id, at),
            queuedAt: row.queuedAt,
          };
    default:
      return {
        ...base,
        state: change === 'detailsAsked' ? 'collecting' : 'ended',
      };
  }
}

/** The handoff of a visitor's snapshot: null when none is open. An offer stands as it was told, by its newest event. */
export function visitorHandoff(
  ctx: Context,
  row: HandoffRow | null,
  log: readonly LoggedEvent[],
): VisitorHandoff | null {
  // Whoever fills in a form, or is called later, has a card of that; the offer is answered.
  if (row === null || !isOpenHandoff(row.state)) return null;
  if (row.state === 'filling' || row.state === 'scheduled') return null;
  const offered = log.findLast(
    ({ event }) => event.kind === 'handoff.offered' && event.payload.handoffId === row.id,
  );
  if (row.state === 'offered' && offered) return afterChange(ctx, row, offered, 'offered');
  const queued = row.state === 'pending' || row.state === 'claimed';
  const claimed = row.state === 'claimed';
  return {
    id: row.id,
    state:
      row.state === 'offered' || row.state === 'collecting' || row.state === 'pending'
        ? row.state
        : 'claimed',
    reason: row.reason,
    paths: row.pathsOffered,
    forms: [],
    teamName: queued && row.teamId ? (ctx.directory.team(row.teamId)?.name ?? null) : null,
    opensAt: row.state === 'pending' ? opensAt(ctx, row.teamId, ctx.now()) : null,
    ahead: null,
    wait: null,
    alternatives: [],
    followUp: row.state === 'pending' && waitsAlone(row.path),
    callback: null,
    askedCall: false,
    unavailable: [],
    instead: row.state === 'pending' && row.teamId ? insteadOf(ctx, row.teamId, row.path) : [],
    queuedAt: queued ? row.queuedAt : null,
    agentName: claimed && row.agentId ? (ctx.directory.agent(row.agentId)?.name ?? null) : null,
    claimedAt: claimed ? row.claimedAt : null,
  };
}

/** Who waits for a person may be called or written to in its place. */
function insteadOf(ctx: Context, teamId: string, path: Path | null): VisitorHandoff['instead'] {
  if (waitsAlone(path)) return [];
  return makesCalls(ctx, teamId) ? ['callback', 'follow_up'] : ['follow_up'];
}

function waitsAlone(path: Path | null): boolean {
  return path !== null && UNATTENDED_PATHS.includes(path);
}

/** As they are called now; one that is gone is not shown. */
function offeredForms(ctx: Context, ids: readonly string[]): OfferedForm[] {
  return ids.flatMap((templateId) => {
    const template = ctx.settings.form(templateId);
    return template ? [{ templateId, name: template.name, minutes: minutesToFill(template.fields) }] : [];
  });
}

/** Null while the team is there, and where it has no hours to come. */
function opensAt(ctx: Context, teamId: string | null, at: number): number | null {
  if (teamId === null) return null;
  const next = nextOpening(ctx.settings.hours(teamId).calendar, at);
  return next === at ? null : next;
}

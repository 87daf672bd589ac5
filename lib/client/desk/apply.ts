import { slaBadge } from '@/lib/domain/sla-badge';
import type { SlaClockView } from '@/lib/domain/sla-view';
import type {
  ConversationSnapshot,
  HandoffView,
  QueueRow,
  StaffBatch,
  StaffEvent,
  ViewDiff,
  ViewSnapshot,
} from '@/lib/protocol';

/** The snapshot after a batch, or `gap` when something before it is missing and has to be asked for. */
export function applyBatch(snapshot: ConversationSnapshot, batch: StaffBatch): ConversationSnapshot | 'gap' {
  const fresh = batch.events.filter((event) => event.seq > snapshot.conversation.seq);
  const [first] = fresh;
  if (first === undefined) return snapshot;
  if (first.seq !== snapshot.conversation.seq + 1) return 'gap';
  const last = fresh.at(-1) ?? first;
  return {
    ...snapshot,
    conversation: { ...snapshot.conversation, ...batch.head, seq: last.seq },
    handoff: fresh.reduce(handoffAfter, snapshot.handoff),
    customer: batch.customer ?? snapshot.customer,
    events: [...snapshot.events, ...fresh],
  };
}

/** Events that touch the handoff bring it along; the first reply or call of an agent stops its clock. */
function handoffAfter(handoff: HandoffView | null, event: StaffEvent): HandoffView | null {
  if (event.handoff) return { context: null, scoreParts: [], sla: [], ...handoff, ...event.handoff };
  const called =
    event.kind === 'callback.kept' || (event.kind === 'callback.missed' && event.payload.by === 'customer');
  const replies = called || (event.kind === 'message.sent' && event.payload.author === 'agent');
  return handoff && replies && handoff.firstReplyAt === null
    ? { ...handoff, firstReplyAt: event.at }
    : handoff;
}

/** The view after a diff, or `gap` when the diff starts from another version than ours. */
export function applyDiff(view: ViewSnapshot, diff: ViewDiff): ViewSnapshot | 'gap' {
  if (diff.version <= view.version) return view;
  if (diff.from !== view.version) return 'gap';
  const rows = new Map(view.rows.map((row) => [row.conversationId, row]));
  for (const row of diff.upserts) rows.set(row.conversationId, row);
  const ordered = diff.order.map((id) => rows.get(id));
  if (!ordered.every((row): row is QueueRow => row !== undefined)) return 'gap';
  return { key: view.key, version: diff.version, rows: ordered, total: diff.total };
}

/** Order of service over several teams' queues: priority, then who has waited longest. */
export function mergePending(views: readonly (ViewSnapshot | undefined)[]): {
  rows: QueueRow[];
  total: number;
} {
  const rows = views
    .flatMap((view) => view?.rows ?? [])
    .sort(
      (a, b) =>
        a.priority - b.priority ||
        (a.waitingSince ?? 0) - (b.waitingSince ?? 0) ||
        (a.handoffId ?? '').localeCompare(b.handoffId ?? ''),
    );
  return { rows, total: views.reduce((sum, view) => sum + (view?.total ?? 0), 0) };
}

/** Several lists of open conversations as one, the newest word first. */
export function mergeByActivity(views: readonly (ViewSnapshot | undefined)[]): {
  rows: QueueRow[];
  total: number;
} {
  const rows = views.flatMap((view) => view?.rows ?? []).sort((a, b) => b.lastMessageAt - a.lastMessageAt);
  return { rows, total: views.reduce((sum, view) => sum + (view?.total ?? 0), 0) };
}

/** Several lists of handoffs in danger as one: what is overdue first, then by deadline. `now` is the server's time. */
export function mergeByDeadline(
  views: readonly (ViewSnapshot | undefined)[],
  now: number,
): { rows: QueueRow[]; total: number } {
  const placed = views
    .flatMap((view) => view?.rows ?? [])
    .map((row) => ({ row, badge: slaBadge(row.sla, now) }));
  placed.sort(
    (a, b) => Number(isOver(a.badge)) - Number(isOver(b.badge)) || dueAtOf(a.badge) - dueAtOf(b.badge),
  );
  return {
    rows: placed.map(({ row }) => row),
    total: views.reduce((sum, view) => sum + (view?.total ?? 0), 0),
  };
}

const isOver = (badge: SlaClockView | null) => badge?.stoppedAt !== null;
const dueAtOf = (badge: SlaClockView | null) => badge?.dueAt ?? 0;

import {
  type LiveViewKey,
  type QueueRow,
  TEAM_LISTS,
  type ViewDiff,
  type ViewSnapshot,
} from '@/lib/protocol';
import type { Context } from '@/lib/services/context';
import type { Placed } from '@/lib/services/queue/order';
import { KNOWN_NONE, type KnownRows, knownWithout } from '@/lib/services/view/known-rows';
import { type LiveRows, readLiveView } from '@/lib/services/view/read';
import { viewFrames } from './metrics';

/** At most four frames a second and view, whatever happens in between. */
const FRAME_MS = 250;
/** A list is read whole this often at least: what another process changed without a word is seen by then. */
const TRUSTED_MS = 10_000;

interface LiveView {
  key: LiveViewKey;
  version: number;
  rows: Map<string, QueueRow>;
  known: KnownRows;
  /** Changed since the last reading began. */
  changed: Set<string>;
  wholeAt: number;
  order: string[];
  total: number;
  watchers: number;
  dirty: boolean;
  lastFlush: number;
  flushing: Promise<void> | null;
}

/**
 * Keeps the views that somebody watches. A change only marks them; each is read once a frame and told as a versioned
 * diff to its room, so that the cost of an event does not grow with the number of agents who watch.
 */
export class ViewHub {
  readonly #ctx: Context;
  readonly #emit: (diff: ViewDiff) => void;
  readonly #views = new Map<LiveViewKey, LiveView>();
  readonly #onQueue: (teamId: string, order: Placed[]) => Promise<void>;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    ctx: Context,
    emit: (diff: ViewDiff) => void,
    onQueue: (teamId: string, order: Placed[]) => Promise<void> = async () => {},
  ) {
    this.#ctx = ctx;
    this.#emit = emit;
    this.#onQueue = onQueue;
  }

  /** Answers the view as it is and counts one watcher more; `close` counts it off. */
  async open(key: LiveViewKey): Promise<ViewSnapshot> {
    const view = this.#views.get(key) ?? this.#add(key);
    view.watchers++;
    if (view.dirty) await this.#flush(view);
    return {
      key,
      version: view.version,
      rows: view.order.flatMap((id) => view.rows.get(id) ?? []),
      total: view.total,
    };
  }

  /** Watches these for good: the queues, whose order the waiting visitors are told. */
  async keep(keys: readonly LiveViewKey[]): Promise<void> {
    await Promise.all(keys.filter((key) => !this.#views.has(key)).map((key) => this.open(key)));
  }

  close(key: LiveViewKey): void {
    const view = this.#views.get(key);
    if (!view) return;
    view.watchers--;
    if (view.watchers <= 0) this.#views.delete(key);
  }

  /** A change of this conversation may show in these views; without one, who stands in them may be other. */
  touch(keys: Iterable<LiveViewKey>, change?: ViewChange): void {
    for (const key of keys) {
      const view = this.#views.get(key);
      if (!view) continue;
      if (change !== undefined && (view.flushing !== null || view.known.has(change.conversationId)))
        view.changed.add(change.conversationId);
      if (change === undefined || concerns(view, change)) view.dirty = true;
    }
    this.#schedule();
  }

  /** Any row may be other: all are read whole. */
  forget(): void {
    for (const view of this.#views.values()) {
      view.wholeAt = 0;
      view.dirty = true;
    }
    this.#schedule();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#views.clear();
  }

  #add(key: LiveViewKey): LiveView {
    const view: LiveView = {
      key,
      version: 0,
      rows: new Map(),
      known: KNOWN_NONE,
      changed: new Set(),
      wholeAt: 0,
      order: [],
      total: 0,
      watchers: 0,
      dirty: true,
      lastFlush: 0,
      flushing: null,
    };
    this.#views.set(key, view);
    return view;
  }

  #schedule(): void {
    if (this.#timer) return;
    const now = Date.now();
    let wait = Number.POSITIVE_INFINITY;
    for (const view of this.#views.values()) {
      if (view.dirty) wait = Math.min(wait, Math.max(0, view.lastFlush + FRAME_MS - now));
    }
    if (wait === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flushDue().catch((error: unknown) => {
        this.#ctx.log.warn({ err: error }, 'a view could not be read; it is tried again');
        this.#schedule();
      });
    }, wait);
  }

  async #flushDue(): Promise<void> {
    const now = Date.now();
    const due = [...this.#views.values()].filter((view) => view.dirty && view.lastFlush + FRAME_MS <= now);
    await Promise.all(due.map((view) => this.#flush(view)));
    this.#schedule();
  }

  /** One read at a time a view; whoever asks meanwhile waits for it and then sees its result. */
  async #flush(view: LiveView): Promise<void> {
    if (view.flushing) {
      await view.flushing;
      if (!view.dirty) return;
    }
    view.flushing = this.#read(view).finally(() => {
      view.flushing = null;
    });
    await view.flushing;
  }

  async #read(view: LiveView): Promise<void> {
    const now = Date.now();
    const whole = view.wholeAt + TRUSTED_MS <= now;
    const { changed } = view;
    view.changed = new Set();
    view.dirty = false;
    view.lastFlush = now;
    if (whole) view.wholeAt = now;
    try {
      const known = whole ? KNOWN_NONE : knownWithout(view.known, changed);
      const fresh = await readLiveView(this.#ctx, view.key, known);
      this.#tell(view, fresh);
      const [kind, scope] = view.key.split(':');
      // Agents have the list before its customers are told their place.
      if (kind === 'pending' && scope) await this.#onQueue(scope, fresh.order);
    } catch (error) {
      view.wholeAt = 0;
      view.dirty = true;
      throw error;
    }
  }

  #tell(view: LiveView, fresh: LiveRows): void {
    view.known = fresh.known;
    const upserts = fresh.rows.filter((row) => !sameRow(view.rows.get(row.conversationId), row));
    const order = fresh.rows.map((row) => row.conversationId);
    const moved = order.length !== view.order.length || order.some((id, index) => id !== view.order[index]);
    const first = view.version === 0;
    if (!first && !moved && upserts.length === 0 && fresh.total === view.total) return;
    const diff: ViewDiff = {
      key: view.key,
      from: view.version,
      version: view.version + 1,
      upserts,
      order,
      total: fresh.total,
    };
    view.rows = new Map(fresh.rows.map((row) => [row.conversationId, row]));
    view.order = order;
    view.total = fresh.total;
    view.version = diff.version;
    if (!first) {
      viewFrames.inc();
      this.#emit(diff);
    }
  }
}

function sameRow(a: QueueRow | undefined, b: QueueRow): boolean {
  return a === b || (a !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

export interface ViewChange {
  conversationId: string;
  /** Clocks were marked or set anew, or the conversation changed hands. */
  movesClocks: boolean;
  /** It waits, or has just come to or left whoever it was with. */
  movesQueue: boolean;
}

/** What is said to those who have an agent, or are in no danger, does not have the lists of the others read again. */
function concerns({ key, rows, flushing }: LiveView, change: ViewChange): boolean {
  const shown = flushing !== null || rows.has(change.conversationId);
  if (key.startsWith('pending:')) return change.movesQueue || shown;
  if (key.startsWith('atRisk:') || key.startsWith('breached:')) return change.movesClocks || shown;
  return true;
}

/** Which views a change of one conversation may show in: where it is now, and where it was. */
export function touchedViews(
  now: { state: string; teamId: string | null; agentId: string | null },
  left: { teamId?: string | null; agentId?: string | null },
): LiveViewKey[] {
  const teams = new Set([now.teamId, left.teamId].filter((teamId) => typeof teamId === 'string'));
  const agents = new Set([now.agentId, left.agentId].filter((agentId) => typeof agentId === 'string'));
  return [
    'live',
    ...[...teams].flatMap((teamId) => TEAM_LISTS.map((list): LiveViewKey => `${list}:${teamId}`)),
    ...[...agents].map((agentId): LiveViewKey => `mine:${agentId}`),
  ];
}

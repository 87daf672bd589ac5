import type { Database } from '@/db/client';
import { readViewRows, type Standing, type ViewRow } from '@/db/queries/views';
import type { SlaClockView } from '@/lib/domain/sla-view';
import { slaViews } from '../sla/views';

/** A row of a list, with its clocks as their ledger says. */
type KnownRow = Omit<ViewRow, 'sla'> & { clocks: SlaClockView[] };
export type NamedRow = KnownRow & { customerName: string | null };

/** Rows of every list that is watched by one process; far more than stand in all of them together. */
const KEPT = 20_000;

/**
 * Rows by their conversation, as of its version. A list is read again at each change of one that stands in it: only those
 * that moved since are read, so that the cost of an event is not fifty rows.
 */
export class KnownRows {
  readonly #db: Database;
  readonly #kept: number;
  readonly #rows = new Map<string, KnownRow>();

  constructor(db: Database, kept = KEPT) {
    this.#db = db;
    this.#kept = kept;
  }

  /** The rows of those who stand there, at that version or a later one, in their order. */
  async of(standing: readonly Standing[]): Promise<NamedRow[]> {
    const known = new Map<string, KnownRow>();
    const moved: string[] = [];
    for (const { conversationId, version } of standing) {
      const row = this.#rows.get(conversationId);
      if (row !== undefined && row.version >= version) known.set(conversationId, row);
      else moved.push(conversationId);
    }
    for (const row of moved.length === 0 ? [] : await readViewRows(this.#db, moved)) {
      known.set(row.conversationId, this.#keep(row));
    }
    return standing.flatMap(({ conversationId, customerName }) => {
      const row = known.get(conversationId);
      return row ? [{ ...row, customerName }] : [];
    });
  }

  #keep({ sla, ...columns }: ViewRow): KnownRow {
    const row = { ...columns, clocks: sla === null ? [] : slaViews(sla) };
    if (this.#rows.size >= this.#kept) this.#rows.clear();
    this.#rows.set(row.conversationId, row);
    return row;
  }
}

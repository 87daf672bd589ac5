import type { Database } from '@/db/client';
import { readTeamFlow } from '@/db/queries/queue';
import type { PullMoment } from '@/lib/domain/order-of-service';

const WINDOW_MS = 60 * 60_000;
const FRESH_MS = 60_000;
/** With fewer a rate says nothing, and the order is strict priority. */
const FEWEST_RELEASES = 20;

type Rates = Pick<PullMoment, 'releaseRate' | 'urgentRate'>;

/** How fast each team's slots come free and P1s arrive, over the last hour; read again once a minute. */
export class TeamFlow {
  readonly #db: Database;
  #seen = new Map<string, { released: number; urgent: number }>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;
  readonly #pulls = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Rates of several teams whose agents serve one line. */
  async rates(teamIds: readonly string[], now: number): Promise<Rates> {
    if (now - this.#readAt >= FRESH_MS) {
      this.#reading ??= this.#read(now).finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
    const seen = teamIds.map((id) => this.#seen.get(id) ?? { released: 0, urgent: 0 });
    const released = seen.reduce((sum, { released: each }) => sum + each, 0);
    const urgent = seen.reduce((sum, { urgent: each }) => sum + each, 0);
    return {
      releaseRate: released < FEWEST_RELEASES ? null : released / WINDOW_MS,
      urgentRate: urgent / WINDOW_MS,
    };
  }

  /** Handoffs below P1 that were claimed from the line, as far as this process saw. */
  pulls(teamIds: readonly string[]): number {
    return teamIds.reduce((sum, id) => sum + (this.#pulls.get(id) ?? 0), 0);
  }

  pulled(teamId: string): void {
    this.#pulls.set(teamId, (this.#pulls.get(teamId) ?? 0) + 1);
  }

  async #read(now: number): Promise<void> {
    const rows = await readTeamFlow(this.#db, now - WINDOW_MS);
    this.#seen = new Map(rows.map(({ teamId, ...seen }) => [teamId, seen]));
    this.#readAt = now;
  }
}

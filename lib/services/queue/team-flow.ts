import type { Database } from '@/db/client';
import { readQueueCounts, readTeamSlots, type TeamCounts } from '@/db/queries/queue';
import { readForecastOutcomes } from '@/db/queries/wait-forecasts';
import type { PullMoment } from '@/lib/domain/order-of-service';
import { awayBefore } from '@/lib/domain/presence';
import { ENOUGH, type QueueRates, ratesOf } from '@/lib/domain/queue-rates';
import { type LearntWaits, learnWaits } from '@/lib/domain/wait-forecast';
import type { Settings } from '../settings/settings';

const FRESH_MS = 60_000;
/** Outcomes that a team's corrections are learnt from. */
const LEARNS_FROM = 2000;

type OrderRates = Pick<PullMoment, 'releaseRate' | 'urgentRate'>;

/** What was measured of a team: read again once a minute by whoever asks, so that it costs a line nothing to move. */
interface Measured extends TeamCounts {
  slots: number;
  readAt: number;
}

/** How fast each team's slots come free and customers arrive, and what its waits have taught. */
export class TeamFlow {
  readonly #db: Database;
  readonly #settings: Settings;
  readonly #measured = new Map<string, Measured>();
  readonly #learnt = new Map<string, { waits: LearntWaits; readAt: number }>();
  readonly #told = new Map<string, ReadonlySet<string>>();
  readonly #pulls = new Map<string, number>();

  constructor(db: Database, settings: Settings) {
    this.#db = db;
    this.#settings = settings;
  }

  /** Rates of several teams whose agents serve one line. */
  async rates(teamIds: readonly string[], now: number): Promise<OrderRates> {
    const rates = (await this.#read(teamIds, now)).map(({ counts, slots }) => ratesOf(counts, slots, now));
    const known = rates.flatMap(({ releaseRate }) => releaseRate ?? []);
    return {
      releaseRate: known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0),
      urgentRate: rates.reduce((sum, { arrivalRates }) => sum + arrivalRates[1], 0),
    };
  }

  /** What a team's forecasts go by, with so many slots open now. */
  async waits(
    teamId: string,
    slots: number,
    now: number,
  ): Promise<{ rates: QueueRates; meanWaitMs: number | null; learnt: LearntWaits } | null> {
    const [measured] = await this.#read([teamId], now);
    if (measured === undefined) return null;
    const { samples, meanWaitMs } = measured.taken;
    return {
      rates: ratesOf(measured.counts, slots, now),
      meanWaitMs: samples < ENOUGH ? null : meanWaitMs,
      learnt: await this.#learn(teamId, now),
    };
  }

  /** Whether the first forecast of this one is kept already, as far as this process knows. */
  hasTold(teamId: string, handoffId: string): boolean {
    return this.#told.get(teamId)?.has(handoffId) ?? false;
  }

  /** Those of a team's line who have been told a wait. Whoever is gone from it is forgotten. */
  told(teamId: string, handoffIds: readonly string[]): void {
    this.#told.set(teamId, new Set(handoffIds));
  }

  /** Handoffs below P1 that were claimed from the line, as far as this process saw. */
  pulls(teamIds: readonly string[]): number {
    return teamIds.reduce((sum, id) => sum + (this.#pulls.get(id) ?? 0), 0);
  }

  pulled(teamId: string): void {
    this.#pulls.set(teamId, (this.#pulls.get(teamId) ?? 0) + 1);
  }

  async #read(teamIds: readonly string[], now: number): Promise<Measured[]> {
    const old = teamIds.filter((id) => isOld(this.#measured.get(id), now));
    if (old.length > 0) {
      const [counted, slots] = await Promise.all([
        readQueueCounts(this.#db, old, now),
        readTeamSlots(this.#db, old, now, awayBefore(now, this.#settings.queue().awayAfterMs)),
      ]);
      for (const team of counted) {
        const own = slots.find(({ teamId }) => teamId === team.teamId);
        this.#measured.set(team.teamId, { ...team, slots: own?.slots ?? 0, readAt: now });
      }
    }
    return teamIds.flatMap((id) => this.#measured.get(id) ?? []);
  }

  async #learn(teamId: string, now: number): Promise<LearntWaits> {
    const held = this.#learnt.get(teamId);
    if (held && !isOld(held, now)) return held.waits;
    const waits = learnWaits(await readForecastOutcomes(this.#db, teamId, now, LEARNS_FROM));
    this.#learnt.set(teamId, { waits, readAt: now });
    return waits;
  }
}

/** What was read at another time: a minute ago, or by a clock that is ahead of this one. */
function isOld(held: { readAt: number } | undefined, now: number): boolean {
  return held === undefined || now - held.readAt >= FRESH_MS || now < held.readAt;
}

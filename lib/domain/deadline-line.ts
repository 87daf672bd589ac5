import { type Place, SortedBlocks } from './sorted-blocks';
import { byDeadline, isBreached, type WaitingHandoff } from './waiting-handoff';

/**
 * Handoffs of one priority by deadline. Where those begin who can still be in time is kept, and found anew when somebody
 * comes or goes, so that asking for them only follows the clock.
 */
export class DeadlineLine {
  readonly #line = new SortedBlocks<WaitingHandoff>(byDeadline);
  #now = Number.NEGATIVE_INFINITY;
  #firstLive: Place = { block: 0, index: 0 };

  add(handoff: WaitingHandoff): void {
    this.#line.add(handoff);
    this.#seek();
  }

  remove(handoff: WaitingHandoff): boolean {
    const removed = this.#line.remove(handoff);
    this.#seek();
    return removed;
  }

  first(): WaitingHandoff | undefined {
    return this.#line.first();
  }

  take(count: number): WaitingHandoff[] {
    return this.#line.take(count);
  }

  /** Where those begin who can still be in time, to be read with `at` and `step`. */
  firstLive(now: number): Place {
    const goesBack = now < this.#now;
    this.#now = now;
    if (goesBack) this.#seek();
    for (
      let first = this.at(this.#firstLive);
      first && isBreached(first, now);
      first = this.at(this.#firstLive)
    ) {
      this.step(this.#firstLive);
    }
    return { ...this.#firstLive };
  }

  at(place: Place): WaitingHandoff | undefined {
    return this.#line.at(place);
  }

  step(place: Place): void {
    this.#line.step(place);
  }

  #seek(): void {
    this.#firstLive = this.#line.seek((handoff) => !isBreached(handoff, this.#now));
  }
}

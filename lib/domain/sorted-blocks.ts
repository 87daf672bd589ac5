const BLOCK = 256;

/** A place in the order. It is moved by `step`, and void once anything was added or removed. */
export interface Place {
  block: number;
  index: number;
}

/** Items kept in order in blocks of bounded length, so that adding and removing moves few of them however many there are. */
export class SortedBlocks<T> {
  #blocks: T[][] = [];
  #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  add(item: T): void {
    const { block, index } = this.seek((other) => this.#compare(other, item) > 0);
    // An item beyond all others belongs at the end of the last block.
    const at = Math.min(block, Math.max(0, this.#blocks.length - 1));
    const items = this.#blocks[at];
    if (!items) {
      this.#blocks.push([item]);
      return;
    }
    items.splice(at === block ? index : items.length, 0, item);
    if (items.length > BLOCK) this.#blocks.splice(at + 1, 0, items.splice(BLOCK / 2));
  }

  /** Removes the item that compares equal. */
  remove(item: T): boolean {
    const place = this.seek((other) => this.#compare(other, item) >= 0);
    const found = this.at(place);
    if (found === undefined || this.#compare(found, item) !== 0) return false;
    const items = this.#blocks[place.block];
    items?.splice(place.index, 1);
    if (items?.length === 0) this.#blocks.splice(place.block, 1);
    return true;
  }

  first(): T | undefined {
    return this.#blocks[0]?.[0];
  }

  at({ block, index }: Place): T | undefined {
    return this.#blocks[block]?.[index];
  }

  step(place: Place): void {
    place.index += 1;
    if (place.index < (this.#blocks[place.block]?.length ?? 0)) return;
    place.block += 1;
    place.index = 0;
  }

  /** The first item that `holds`; whatever stands behind one that holds must hold too. */
  seek(holds: (item: T) => boolean): Place {
    const block = firstWhere(this.#blocks, (items) => {
      const last = items[items.length - 1];
      return last !== undefined && holds(last);
    });
    return { block, index: firstWhere(this.#blocks[block] ?? [], holds) };
  }

  take(count: number): T[] {
    const taken: T[] = [];
    const place = { block: 0, index: 0 };
    for (let item = this.at(place); item !== undefined && taken.length < count; item = this.at(place)) {
      taken.push(item);
      this.step(place);
    }
    return taken;
  }
}

function firstWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item === undefined || holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A slot of an agent comes free, or a customer goes away. */
export type QueueEvent = { at: number } & ({ frees: number; handlingTime: number } | { leaves: string });

/** Events by their time, the earliest first. */
export class EventHeap {
  #events: QueueEvent[] = [];

  first(): QueueEvent | undefined {
    return this.#events[0];
  }

  push(event: QueueEvent): void {
    let at = this.#events.length;
    this.#events.push(event);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.#events[above];
      if (!parent || parent.at <= event.at) break;
      this.#events[at] = parent;
      at = above;
    }
    this.#events[at] = event;
  }

  pop(): QueueEvent | undefined {
    const first = this.#events[0];
    const last = this.#events.pop();
    if (first === undefined || last === undefined || this.#events.length === 0) return first;
    let at = 0;
    for (;;) {
      const below = this.#earlierBelow(at);
      const child = this.#events[below];
      if (!child || child.at >= last.at) break;
      this.#events[at] = child;
      at = below;
    }
    this.#events[at] = last;
    return first;
  }

  #earlierBelow(at: number): number {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const [a, b] = [this.#events[left], this.#events[right]];
    return a && b && b.at < a.at ? right : left;
  }
}

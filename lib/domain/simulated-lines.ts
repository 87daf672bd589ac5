import type { OrderSettings } from './order-of-service';
import type { SimulatedLine } from './simulate-queue';
import { SortedBlocks } from './sorted-blocks';
import { byDeadline, type WaitingHandoff } from './waiting-handoff';
import { WaitingLine } from './waiting-line';

/** The product's own order of service, given these rates. */
export function productLine(
  settings: OrderSettings,
  rates: { releaseRate: number; urgentRate: number },
  pulled = 0,
): SimulatedLine & { pulls(): number } {
  const line = new WaitingLine();
  let pulls = pulled;
  return {
    pulls: () => pulls,
    put: (handoff) => line.put(handoff),
    remove: (id) => line.remove(id),
    next: (now) => {
      const next = line.next({ now, pulls, ...rates, settings });
      if (next && next.why !== 'urgent') pulls += 1;
      return next?.id ?? null;
    },
  };
}

export function byArrivalLine(): SimulatedLine {
  return sortedLine((a, b) => a.queuedAt - b.queuedAt || Number(a.id) - Number(b.id));
}

export function earliestDeadlineLine(): SimulatedLine {
  return sortedLine(byDeadline);
}

export function randomLine(random: () => number): SimulatedLine {
  const ids: string[] = [];
  const places = new Map<string, number>();
  return {
    put: ({ id }) => {
      places.set(id, ids.length);
      ids.push(id);
    },
    remove: (id) => {
      const place = places.get(id);
      const last = ids.pop();
      if (place === undefined || last === undefined) return;
      places.delete(id);
      if (last === id) return;
      ids[place] = last;
      places.set(last, place);
    },
    next: () => ids[Math.floor(random() * ids.length)] ?? null,
  };
}

function sortedLine(compare: (a: WaitingHandoff, b: WaitingHandoff) => number): SimulatedLine {
  const sorted = new SortedBlocks(compare);
  const byId = new Map<string, WaitingHandoff>();
  return {
    put: (handoff) => {
      byId.set(handoff.id, handoff);
      sorted.add(handoff);
    },
    remove: (id) => {
      const handoff = byId.get(id);
      if (!handoff) return;
      byId.delete(id);
      sorted.remove(handoff);
    },
    next: () => sorted.first()?.id ?? null,
  };
}

import { type Calendar, nextClosing, nextOpening } from './business-hours';

export interface Span {
  start: number;
  end: number;
}

/** Whoever could call, and when they cannot. */
export interface SlotAgent {
  id: string;
  busy: readonly Span[];
}

export interface SlotTerms {
  calendar: Calendar | null;
  agents: readonly SlotAgent[];
  lengthMs: number;
  /** Kept free between one thing and the next, on either side. */
  bufferMs: number;
  /** The first instant at which a call may begin, and the last at which it may end. */
  from: number;
  until: number;
}

export interface Slot {
  startAt: number;
  endAt: number;
  /** Who is free then, in the order they were given. */
  agentIds: string[];
}

/** Calls begin at quarters of an hour: every zone's offset is a whole number of them. */
const STEP_MS = 15 * 60_000;

/** Every slot, in order: within one open stretch, at a quarter of an hour, with somebody free. */
export function* freeSlots(terms: SlotTerms): Generator<Slot> {
  const { calendar, agents, lengthMs, bufferMs, from, until } = terms;
  let startAt = quarterFrom(from);
  while (startAt + lengthMs <= until) {
    const opensAt = nextOpening(calendar, startAt);
    if (opensAt === null) return;
    if (opensAt > startAt) {
      startAt = quarterFrom(opensAt);
      continue;
    }
    const closesAt = nextClosing(calendar, startAt);
    for (; startAt + lengthMs <= Math.min(until, closesAt ?? until); startAt += STEP_MS) {
      const slot = { start: startAt, end: startAt + lengthMs };
      const agentIds = agents.filter(({ busy }) => isFree(slot, busy, bufferMs)).map(({ id }) => id);
      if (agentIds.length > 0) yield { startAt, endAt: slot.end, agentIds };
    }
    if (closesAt === null) return;
    startAt = quarterFrom(closesAt);
  }
}

/** Who is free for a call that begins then; empty where it is no slot at all. */
export function freeAt(terms: SlotTerms, startAt: number): string[] {
  const until = Math.min(terms.until, startAt + terms.lengthMs);
  const [slot] = freeSlots({ ...terms, from: Math.max(terms.from, startAt), until });
  return slot?.startAt === startAt ? slot.agentIds : [];
}

const APART_MS = 90 * 60_000;
/** Wall-clock hours in which nobody minds being called. */
const AWAKE = { from: 7, to: 22 };

/**
 * Up to `most` of them that differ: the earliest, another an hour and a half later, one on another of the customer's days;
 * what is missing is filled with the earliest left. Times at night by the customer's clock are named only where there are
 * no others.
 */
export function spreadSlots(slots: Iterable<Slot>, timeZone: string, most: number): Slot[] {
  const clock = customerClock(timeZone);
  const waking: Slot[] = [];
  const night: Slot[] = [];
  for (const slot of slots) {
    (isAwake(clock, slot) ? waking : night).push(slot);
    if (isWholeSpread(waking, clock, most)) break;
  }
  return pick(waking.length > 0 ? waking : night, clock, most);
}

interface CustomerClock {
  day(at: number): string;
  hour(at: number): number;
}

function customerClock(timeZone: string): CustomerClock {
  const day = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  return { day: (at) => day.format(at), hour: (at) => Number(hour.format(at)) };
}

function isAwake({ hour }: CustomerClock, { startAt, endAt }: Slot): boolean {
  return hour(startAt) >= AWAKE.from && hour(endAt - 1) < AWAKE.to;
}

function pick(slots: readonly Slot[], { day }: CustomerClock, most: number): Slot[] {
  const picked: Slot[] = [];
  const apart = (slot: Slot) => picked.every(({ startAt }) => Math.abs(startAt - slot.startAt) >= APART_MS);
  const take = (wanted: (slot: Slot) => boolean) => {
    const slot = slots.find((each) => !picked.includes(each) && wanted(each));
    if (slot !== undefined && picked.length < most) picked.push(slot);
  };
  take(() => true);
  take(apart);
  take((slot) => apart(slot) && picked.every(({ startAt }) => day(startAt) !== day(slot.startAt)));
  while (picked.length < Math.min(most, slots.length)) {
    const before = picked.length;
    take(apart);
    if (picked.length === before) take(() => true);
  }
  return picked.sort((one, other) => one.startAt - other.startAt);
}

/** Whether looking on could not find a better one: the newest is the first on another day. */
function isWholeSpread(slots: readonly Slot[], clock: CustomerClock, most: number): boolean {
  const [first, last] = [slots[0], slots.at(-1)];
  if (!first || !last || clock.day(first.startAt) === clock.day(last.startAt)) return false;
  const picked = pick(slots, clock, most);
  return picked.length === most && picked.includes(last);
}

function isFree(slot: Span, busy: readonly Span[], bufferMs: number): boolean {
  return busy.every(({ start, end }) => slot.end + bufferMs <= start || end + bufferMs <= slot.start);
}

function quarterFrom(at: number): number {
  return Math.ceil(at / STEP_MS) * STEP_MS;
}

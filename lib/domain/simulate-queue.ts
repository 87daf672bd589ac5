import { EventHeap } from './event-heap';
import type { Priority } from './handoff';
import { isBreached, type WaitingHandoff } from './waiting-handoff';

/** Any order of service: the product's own, or one to compare it with. */
export interface SimulatedLine {
  put(handoff: WaitingHandoff): void;
  remove(id: string): unknown;
  next(now: number): string | null;
}

/** Time is in units of your choice, for instance of the mean handling time. */
export interface QueueScenario {
  agents: number;
  slotsPerAgent: number;
  /** How many agents at once may take a P1 above their slots. Only for a line that serves P1 first. */
  overflowSlots: number;
  /** Poisson arrivals; a rate that changes never exceeds its `peak`. */
  arrivals: { peak: number; rateAt?: (at: number) => number };
  /** Shares of the priorities, 1 to 4. */
  mix: readonly [number, number, number, number];
  targets: readonly [number, number, number, number];
  handling: {
    mean: number /** Lognormal with this coefficient of variation; exponential without. */;
    cv?: number;
  };
  /** Mean of the exponential time after which who waits goes away; null for never. */
  patience: number | null;
  customers: number;
  /** Customers that are left out of the figures at the start. */
  warmUp: number;
  /** Where it begins; empty by default. Handling that was begun is exponential too: the rest of it has no memory. */
  start?: {
    now: number;
    loads: readonly number[];
    waiting: readonly WaitingHandoff[];
    /** One of them who stays however long it takes. */
    patientId?: string;
  };
}

export interface QueueWatcher {
  /** After a customer took a place in the line. */
  joined?(handoff: WaitingHandoff, now: number): void;
  /** When a customer began to be served or went away. True ends the simulation. */
  left?(handoff: WaitingHandoff, now: number, served: boolean): boolean | undefined;
  /** When an agent was done with a customer. */
  handled?(handlingTime: number, now: number): void;
  /** After each event; `loads` is how many customers each agent has. */
  changed?(now: number, loads: readonly number[]): void;
}

export interface Tally {
  customers: number;
  waited: number;
  /** Served or gone after the deadline. */
  breached: number;
  abandoned: number;
  /** Longest wait as a multiple of the target. */
  worst: number;
}

export interface QueueOutcome {
  tallies: Record<Priority, Tally>;
  /** Pulls of a lower priority while a P1 waited. */
  inversions: number;
}

interface Customer {
  handoff: WaitingHandoff;
  handlingTime: number;
  patience: number | null;
  counts: boolean;
}

/**
 * A queue with several slots, event by event. All chance is drawn on arrival and in the order of arrivals, so that two
 * lines with the same seed are given the same customers.
 */
export function simulateQueue(
  scenario: QueueScenario,
  line: SimulatedLine,
  random: () => number,
  watcher: QueueWatcher = {},
): QueueOutcome {
  return new Simulation(scenario, line, random, watcher).run();
}

class Simulation {
  #outcome: QueueOutcome = { tallies: { 1: tally(), 2: tally(), 3: tally(), 4: tally() }, inversions: 0 };
  #waiting = new Map<string, Customer>();
  #events = new EventHeap();
  #loads: number[];
  #now: number;
  #urgentWaiting = 0;
  #arrived = 0;
  #ended = false;
  #scenario: QueueScenario;
  #line: SimulatedLine;
  #random: () => number;
  #watcher: QueueWatcher;

  constructor(scenario: QueueScenario, line: SimulatedLine, random: () => number, watcher: QueueWatcher) {
    this.#scenario = scenario;
    this.#line = line;
    this.#random = random;
    this.#watcher = watcher;
    this.#now = scenario.start?.now ?? 0;
    this.#loads = Array.from({ length: scenario.agents }, (_, agent) => scenario.start?.loads[agent] ?? 0);
    for (const [agent, load] of this.#loads.entries())
      for (let each = 0; each < load; each++) this.#freeLater(agent, handlingTime(scenario, random));
    for (const handoff of scenario.start?.waiting ?? [])
      this.#join({ handoff, ...temper(scenario, random, handoff.id), counts: true });
  }

  run(): QueueOutcome {
    let nextArrival = arrivalAfter(this.#now, this.#scenario, this.#random);
    while (!this.#ended) {
      const event = this.#events.first();
      if (this.#arrived < this.#scenario.customers && (!event || nextArrival <= event.at)) {
        this.#now = nextArrival;
        this.#arrive();
        nextArrival = arrivalAfter(this.#now, this.#scenario, this.#random);
      } else if (event) {
        this.#events.pop();
        this.#now = event.at;
        if ('frees' in event) {
          this.#watcher.handled?.(event.handlingTime, this.#now);
          this.#pull(event.frees);
        } else this.#goAway(event.leaves);
      } else break;
      this.#watcher.changed?.(this.#now, this.#loads);
    }
    return this.#outcome;
  }

  #arrive(): void {
    const customer = draw(this.#scenario, this.#now, this.#arrived, this.#random);
    this.#arrived += 1;
    const agent = agentFor(customer.handoff.priority, this.#loads, this.#scenario);
    if (agent < 0) this.#join(customer);
    else this.#begin(customer, agent);
  }

  #join(customer: Customer): void {
    const { handoff, patience } = customer;
    this.#waiting.set(handoff.id, customer);
    this.#line.put(handoff);
    if (handoff.priority === 1) this.#urgentWaiting += 1;
    if (patience !== null) this.#events.push({ at: this.#now + patience, leaves: handoff.id });
    this.#watcher.joined?.(handoff, this.#now);
  }

  #pull(agent: number): void {
    const load = (this.#loads[agent] ?? 1) - 1;
    this.#loads[agent] = load;
    const candidates = load < this.#scenario.slotsPerAgent ? this.#waiting.size : this.#urgentWaiting;
    const id = candidates > 0 ? this.#line.next(this.#now) : null;
    const customer = id === null ? undefined : this.#drop(id);
    if (!customer) return;
    if (customer.handoff.priority !== 1 && this.#urgentWaiting > 0) this.#outcome.inversions += 1;
    this.#begin(customer, agent);
  }

  #begin(customer: Customer, agent: number): void {
    this.#loads[agent] = (this.#loads[agent] ?? 0) + 1;
    this.#freeLater(agent, customer.handlingTime);
    this.#leave(customer, true);
  }

  #freeLater(agent: number, handlingTime: number): void {
    this.#events.push({ at: this.#now + handlingTime, frees: agent, handlingTime });
  }

  #goAway(id: string): void {
    const customer = this.#drop(id);
    if (customer) this.#leave(customer, false);
  }

  #drop(id: string): Customer | undefined {
    const customer = this.#waiting.get(id);
    if (!customer) return undefined;
    this.#waiting.delete(id);
    this.#line.remove(id);
    if (customer.handoff.priority === 1) this.#urgentWaiting -= 1;
    return customer;
  }

  #leave({ handoff, counts }: Customer, served: boolean): void {
    if (counts) count(this.#outcome.tallies[handoff.priority], handoff, this.#now, served);
    if (this.#watcher.left?.(handoff, this.#now, served) === true) this.#ended = true;
  }
}

function draw(scenario: QueueScenario, now: number, index: number, random: () => number): Customer {
  const priority = priorityAt(random(), scenario.mix);
  const targetMs = scenario.targets[priority - 1] ?? Number.POSITIVE_INFINITY;
  return {
    handoff: { id: String(index), priority, queuedAt: now, dueAt: now + targetMs, targetMs },
    ...temper(scenario, random),
    counts: index >= scenario.warmUp,
  };
}

/** An agent with a free slot; for a P1 also one above it, while fewer than allowed are; -1 for nobody. */
function agentFor(priority: Priority, loads: readonly number[], scenario: QueueScenario): number {
  const free = loads.findIndex((load) => load < scenario.slotsPerAgent);
  if (free >= 0 || priority !== 1) return free;
  const above = loads.filter((load) => load > scenario.slotsPerAgent).length;
  return above < scenario.overflowSlots ? loads.indexOf(scenario.slotsPerAgent) : -1;
}

function temper(
  scenario: QueueScenario,
  random: () => number,
  id?: string,
): Pick<Customer, 'handlingTime' | 'patience'> {
  const drawn = scenario.patience === null ? null : -scenario.patience * Math.log(1 - random());
  const stays = id !== undefined && id === scenario.start?.patientId;
  return { handlingTime: handlingTime(scenario, random), patience: stays ? null : drawn };
}

function priorityAt(share: number, mix: QueueScenario['mix']): Priority {
  if (share < mix[0]) return 1;
  if (share < mix[0] + mix[1]) return 2;
  return share < mix[0] + mix[1] + mix[2] ? 3 : 4;
}

function handlingTime({ handling }: QueueScenario, random: () => number): number {
  if (handling.cv === undefined) return -handling.mean * Math.log(1 - random());
  const variance = Math.log(1 + handling.cv ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return handling.mean * Math.exp(Math.sqrt(variance) * normal - variance / 2);
}

/** Arrivals at a changing rate are those at the peak, thinned. */
function arrivalAfter(from: number, { arrivals }: QueueScenario, random: () => number): number {
  let at = from;
  do at -= Math.log(1 - random()) / arrivals.peak;
  while (arrivals.rateAt !== undefined && random() * arrivals.peak >= arrivals.rateAt(at));
  return at;
}

function tally(): Tally {
  return { customers: 0, waited: 0, breached: 0, abandoned: 0, worst: 0 };
}

function count(into: Tally, handoff: WaitingHandoff, now: number, served: boolean): void {
  const waited = now - handoff.queuedAt;
  into.customers += 1;
  into.waited += waited;
  if (isBreached(handoff, now)) into.breached += 1;
  if (!served) into.abandoned += 1;
  into.worst = Math.max(into.worst, waited / handoff.targetMs);
}

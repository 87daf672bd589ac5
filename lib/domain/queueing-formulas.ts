/** Share of arrivals that find all slots busy when nobody may wait. Erlang 1917. */
export function erlangB(slots: number, load: number): number {
  let blocked = 1;
  for (let each = 1; each <= slots; each++) blocked = (load * blocked) / (each + load * blocked);
  return blocked;
}

/** Share of arrivals that must wait, for `load` in slots and below their number. */
export function erlangC(slots: number, load: number): number {
  const blocked = erlangB(slots, load);
  return blocked / (1 - (load / slots) * (1 - blocked));
}

/** Slots with Poisson arrivals, exponential handling and patience without end, first come first served. */
export function meanWait(slots: number, arrivalRate: number, handlingRate: number): number {
  return erlangC(slots, arrivalRate / handlingRate) / (slots * handlingRate - arrivalRate);
}

/** Share that waits for longer than `time`; of the top class under priority, with its own arrivals as the second rate. */
export function waitTail(
  time: number,
  slots: number,
  arrivalRate: number,
  handlingRate: number,
  ownRate = arrivalRate,
): number {
  return erlangC(slots, arrivalRate / handlingRate) * Math.exp(-(slots * handlingRate - ownRate) * time);
}

/** Mean wait per class under strict priority without interruption, highest class first. Cobham 1954. */
export function priorityWaits(
  slots: number,
  arrivalRates: readonly number[],
  handlingRate: number,
): number[] {
  const total = arrivalRates.reduce((sum, rate) => sum + rate, 0);
  const release = slots * handlingRate;
  const delayed = erlangC(slots, total / handlingRate);
  let above = 0;
  return arrivalRates.map((rate) => {
    const wait = delayed / (release * (1 - above / release) * (1 - (above + rate) / release));
    above += rate;
    return wait;
  });
}

/** With exponential patience: share that goes away, and mean number waiting. Palm; Garnett, Mandelbaum, Reiman 2002. */
export function erlangA(
  slots: number,
  arrivalRate: number,
  handlingRate: number,
  patienceRate: number,
): { abandoned: number; waiting: number } {
  // Weights are kept relative to the state with all slots busy, where they are largest.
  let weights = 1;
  let weight = 1;
  for (let busy = slots; busy > 0 && weight > 1e-18; busy--) {
    weight *= (busy * handlingRate) / arrivalRate;
    weights += weight;
  }
  let waiting = 0;
  weight = 1;
  for (let queued = 1; weight > 1e-18 * weights || queued * patienceRate < arrivalRate; queued++) {
    weight *= arrivalRate / (slots * handlingRate + queued * patienceRate);
    weights += weight;
    waiting += weight * queued;
  }
  waiting /= weights;
  return { abandoned: (patienceRate * waiting) / arrivalRate, waiting };
}

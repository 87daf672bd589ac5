import { add, type Complex, complex, divide, multiply, squareRoot, subtract } from './complex';
import { erlangC } from './queueing-formulas';

/**
 * Share of a class (0 is the highest) that waits for longer than `time` under strict priority without interruption.
 * The wait of those who are delayed has the law of a queue with one server that is as fast as all slots together; its
 * transform is inverted numerically by the method EULER of Abate and Whitt 1995.
 */
export function priorityWaitTail(
  time: number,
  slots: number,
  arrivalRates: readonly number[],
  of: number,
  handlingRate: number,
): number {
  const sum = (rates: readonly number[]) => rates.reduce((total, rate) => total + rate, 0);
  const release = slots * handlingRate;
  const higher = sum(arrivalRates.slice(0, of));
  const own = arrivalRates[of] ?? 0;
  const lower = sum(arrivalRates.slice(of + 1));
  const load = sum(arrivalRates) / release;
  const delayed = erlangC(slots, sum(arrivalRates) / handlingRate);

  const tail = (s: Complex): Complex => {
    const busy = busyPeriod(s, higher, release);
    const z = add(s, subtract(complex(higher), multiply(complex(higher), busy)));
    const oneMore = divide(complex(release), add(complex(release), z));
    const above = add(
      multiply(complex(1 - load), z),
      multiply(complex(lower), subtract(complex(1), oneMore)),
    );
    const below = add(subtract(s, complex(own)), multiply(complex(own), oneMore));
    const all = divide(above, below);
    const ofDelayed = divide(subtract(all, complex(1 - load)), complex(load));
    return divide(subtract(complex(1), ofDelayed), s);
  };
  return delayed * invert(tail, time);
}

/** Transform of the time a server that is given `rate` customers is busy from one of them on. */
function busyPeriod(s: Complex, rate: number, release: number): Complex {
  const sum = add(s, complex(rate + release));
  if (rate === 0) return divide(complex(release), sum);
  const root = squareRoot(subtract(multiply(sum, sum), complex(4 * rate * release)));
  return divide(subtract(sum, root), complex(2 * rate));
}

const DISCRETISATION = 18.4;
const TERMS = 30;
/** Weights by which the last partial sums are averaged: Euler's summation. */
const EULER = [1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1].map((weight) => weight / 2048);

function invert(transform: (s: Complex) => Complex, time: number): number {
  const scale = Math.exp(DISCRETISATION / 2) / time;
  const term = (index: number) =>
    transform(complex(DISCRETISATION / (2 * time), (index * Math.PI) / time)).re * scale;
  let partial = term(0) / 2;
  let result = 0;
  for (let index = 1; index < TERMS + EULER.length; index++) {
    partial += index % 2 === 0 ? term(index) : -term(index);
    if (index >= TERMS) result += partial * (EULER[index - TERMS] ?? 0);
  }
  return result;
}

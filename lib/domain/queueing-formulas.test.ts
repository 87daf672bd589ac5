import { describe, expect, it } from 'vitest';
import { priorityWaitTail } from './priority-wait-tail';
import { erlangA, erlangB, erlangC, meanWait, priorityWaits, waitTail } from './queueing-formulas';

const SHARES = [0.05, 0.15, 0.6, 0.2];
const TARGETS = [0.2, 0.5, 1.5, 6];
const rates = (slots: number, load: number) => SHARES.map((share) => share * slots * load);

/** Published figures as printed: to so many digits they must come out. */
function printed(value: number, text: string): string {
  if (text === '0') return value < 5e-10 ? '0' : String(value);
  const digits = text.replace(/e.*$/, '').replace('.', '').replace(/^0+/, '').length;
  return String(Number(value.toPrecision(digits)));
}
function expectPrinted(value: number, text: string): void {
  expect(printed(value, text)).toBe(text === '0' ? '0' : String(Number(text)));
}

/** Slots, load, share that waits, mean wait by arrival, mean waits of P1 to P4, breaches of P1 to P4 at the targets. */
const TABLE = `
5 .7 .3778 .2519 .07831 .09106 .1997 .5725 .1440 .04772 .02484 .01547
5 .9 .7625 1.525 .1597 .1947 .6642 5.446 .2934 .1080 .1392 .2962
5 .97 .9259 6.172 .1946 .2415 1.026 27.56 .3575 .1364 .2392 .7040
20 .7 .09356 .01559 .004848 .005637 .01236 .03544 .001971 4.08e-5 3.5e-6 4.8e-6
20 .9 .5508 .2754 .02884 .03517 .1199 .9835 .01208 .000392 .000880 .03029
20 .97 .8484 1.414 .04458 .05531 .2350 6.313 .01887 .000711 .004964 .3646
100 .7 .000459 1.53e-5 4.76e-6 5.53e-6 1.21e-5 3.48e-5 0 0 0 0
100 .9 .2169 .02169 .002272 .002770 .009449 .07748 1.1e-9 0 0 7.4e-7
100 .97 .6767 .2256 .007112 .008824 .03748 1.007 3.7e-9 0 0 .01620`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

describe('exact formulas', () => {
  it.each(TABLE)('%s slots at a load of %s', (slotsText, loadText, delayed, fifo, ...cells) => {
    const [slots, load] = [Number(slotsText), Number(loadText)];
    expectPrinted(erlangC(slots, slots * load), delayed ?? '');
    expectPrinted(meanWait(slots, slots * load, 1), fifo ?? '');
    for (const [of, wait] of priorityWaits(slots, rates(slots, load), 1).entries())
      expectPrinted(wait, cells[of] ?? '');
    for (const [of, target] of TARGETS.entries())
      expectPrinted(priorityWaitTail(target, slots, rates(slots, load), of, 1), cells[4 + of] ?? '');
  });
  it.each([
    [5, 0.9, ['.2311', '.1080', '.2380', '.5005']],
    [20, 0.97, ['.007285', '.000711', '.02665', '.6028']],
  ])('%i slots at %d, tails at other times', (slots, load, tails) => {
    for (const [of, time] of [0.25, 0.5, 1, 2].entries())
      expectPrinted(priorityWaitTail(time, slots, rates(slots, load), of, 1), tails[of] ?? '');
  });
  it.each([
    [20, 1.1, 1, '.1366'],
    [100, 1.1, 1, '.0992'],
    [20, 1.3, 1, '.2406'],
    [20, 1.1, 0.5, '.1221'],
  ])('%i slots at a load of %d, patience rate %d: gone away', (slots, load, patience, share) => {
    expectPrinted(erlangA(slots, slots * load, 1, patience).abandoned, share);
  });
});

describe('what the formulas must agree on', () => {
  it('one slot: Erlang C is the load, Erlang B the known fraction', () => {
    expect(erlangC(1, 0.8)).toBeCloseTo(0.8, 12);
    expect(erlangB(1, 0.8)).toBeCloseTo(0.8 / 1.8, 12);
  });
  it('the numeric tail of the highest class is the exponential one', () => {
    for (const time of [0.01, 0.2, 1]) {
      const tail = waitTail(time, 20, 18, 1, 18 * 0.05);
      expect(priorityWaitTail(time, 20, rates(20, 0.9), 0, 1)).toBeCloseTo(tail, 7);
    }
  });
  it('the tail of each class adds up to its mean wait', () => {
    const means = priorityWaits(5, rates(5, 0.7), 1);
    for (const [of, mean] of means.entries()) {
      const step = 0.02;
      let area = 0;
      for (let time = step / 2; time < 30; time += step)
        area += priorityWaitTail(time, 5, rates(5, 0.7), of, 1) * step;
      expect(area).toBeCloseTo(mean, 3);
    }
  });
  it('waits weighted by arrivals are those of serving by arrival', () => {
    const arrivals = rates(20, 0.97);
    const weighted = priorityWaits(20, arrivals, 1).reduce(
      (sum, wait, of) => sum + wait * (arrivals[of] ?? 0),
      0,
    );
    expect(weighted).toBeCloseTo(19.4 * meanWait(20, 19.4, 1), 9);
  });
  it('patience without end is Erlang C, and a hopeless load loses what is too much', () => {
    const { waiting } = erlangA(20, 18, 1, 1e-5);
    expect(waiting).toBeCloseTo(18 * meanWait(20, 18, 1), 2);
    expect(erlangA(100, 200, 1, 1).abandoned).toBeCloseTo(0.5, 3);
  });
});

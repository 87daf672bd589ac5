export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Of the skipped: those whose program is not on this machine. */
  absent?: number;
}
export function crashed(): Counts;
export function ofVitest(report: object | undefined, code: number): Counts;
export function ofPlaywright(report: object | undefined, code: number): Counts;

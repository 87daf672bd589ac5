export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
export function crashed(): Counts;
export function ofVitest(report: object | undefined, code: number): Counts;
export function ofPlaywright(report: object | undefined, code: number): Counts;

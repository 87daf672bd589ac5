import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const failures = new RateLimiterMemory({ points: 8, duration: 15 * 60 });
const MAX_AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Password checks cost 19 MiB and some 30 ms each: two at a time, and after eight failures an account rests for a quarter
 * of an hour from that address. The answer while it rests is the same as for a wrong password.
 */
export async function passwordGate<T>(key: string, check: () => Promise<T | null>): Promise<T | null> {
  const spent = await failures.get(key);
  if (spent !== null && spent.consumedPoints >= 8) return null;
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    const result = await check();
    if (result === null) await countFailure(key);
    else await failures.delete(key);
    return result;
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function countFailure(key: string): Promise<void> {
  try {
    await failures.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
  }
}

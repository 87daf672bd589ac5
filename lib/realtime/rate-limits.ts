import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '@/lib/services/errors';

/** Throws `limit` when the sender of an event is too fast. */
export type Allowance = (event: string) => Promise<void>;

const WINDOW_S = 20;
const OTHER_EVENTS = 20;
const AGENT_EVENTS = new RateLimiterMemory({ points: 400, duration: 10 });
const HANDSHAKES = new RateLimiterMemory({ points: 240, duration: 60 });
/** Of people, some of whom share an address; and of the server of a site that hosts its own forms. */
const PEOPLES_POSTS = new RateLimiterMemory({ points: 60, duration: 60 });
const REPORTS = new RateLimiterMemory({ points: 600, duration: 60 });

/** Messages as the operator allows them within 20 seconds, and twenty of everything else. */
export function visitorAllowances(messages: number): (visitorId: string) => Allowance {
  const all = new RateLimiterMemory({ points: messages + OTHER_EVENTS, duration: WINDOW_S });
  const sent = new RateLimiterMemory({ points: messages, duration: WINDOW_S });
  return (visitorId) => async (event) => {
    await spend(all, visitorId);
    if (event === 'message:send') await spend(sent, visitorId);
  };
}

export function agentAllowance(agentId: string): Allowance {
  return () => spend(AGENT_EVENTS, agentId);
}

/** New connections of one address. */
export function admitAddress(address: string): Promise<void> {
  return spend(HANDSHAKES, address);
}

/** What is posted to a page that asks nobody to sign in. Signing in itself has a gate of its own. */
export async function admitPost(address: string, path: string): Promise<void> {
  if (
    path.startsWith('/forms/') ||
    path.startsWith('/callback/') ||
    path === '/api/join' ||
    path === '/widget/approach'
  ) {
    await spend(PEOPLES_POSTS, address);
  }
  if (path === '/api/forms/report') await spend(REPORTS, address);
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new AppError('limit', `That was a lot at once. Try again in ${seconds} s.`);
  }
}

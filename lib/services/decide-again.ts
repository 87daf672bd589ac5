import { AppError } from './errors';

const ATTEMPTS = 6;

/**
 * Reload, decide, commit; and again when somebody was first. `attempt` answers null for a lost race and throws for a
 * refusal. A conversation that changes faster than this is told so.
 */
export async function decideAgain<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < ATTEMPTS; tries++) {
    const result = await attempt();
    if (result !== null) return result;
  }
  throw new AppError('conflict', 'The conversation keeps changing. Try again in a moment.');
}

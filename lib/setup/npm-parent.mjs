import { parentOf } from './process-identity.mjs';

/**
 * npm does not pass every signal on to what it runs, and neither does the shell that it puts in between: when
 * one of the two is gone, this `npm start` is over.
 */
export function followNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

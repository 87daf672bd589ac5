import type { Context } from '@/lib/services/context';

/**
 * Crash-only: an error that nobody caught leaves a process nobody can vouch for, so it ends and the supervisor has a new
 * one in under a second. The one exception is the driver, which throws out of a socket callback when its backend is
 * killed: then its connections are replaced and every waiting statement is answered by its deadline.
 */
export function endOnFault(ctx: Context): void {
  const onFault = (error: unknown) => {
    if (isDriverFault(error)) {
      ctx.log.warn({ err: error }, 'the database driver failed; its connections are replaced');
      ctx.db.replace();
      return;
    }
    ctx.log.error({ err: error }, 'an error nobody caught; the process ends');
    process.exit(1);
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
}

/** Out of the driver's own frames, or a connection that was cut while nobody read from it: those have no frames but Node's. */
function isDriverFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  if (frames.some((frame) => /node_modules[\\/]postgres[\\/]/.test(frame))) return true;
  const cut = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
  return cut && frames.every((frame) => frame.includes('node:'));
}

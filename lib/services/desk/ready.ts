import type { Context } from '../context';

const PATIENCE_MS = 500;

/** Whether requests can be served: the database answers within half a second. */
export async function isReady(ctx: Context): Promise<boolean> {
  const answered = ctx.db.query('select 1').then(
    () => true,
    (error: unknown) => {
      ctx.log.warn({ err: error }, 'not ready: the database did not answer');
      return false;
    },
  );
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref());
  return Promise.race([answered, late]);
}

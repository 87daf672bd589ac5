import type { Context } from '@/lib/services/context';
import { AppError } from '@/lib/services/errors';
import { refusalOf } from './serve';

/** A refused connection, with the same typed answer as a refused event in `data`. */
export function refuseHandshake(ctx: Context, error: unknown): Error & { data: unknown } {
  const refusal = refusalOf(ctx, 'handshake', error);
  return Object.assign(new Error(refusal.message), { data: refusal });
}

export const outdated = () => new AppError('invalid', 'This page is from an older version. Reload it.');
export const unauthenticated = () => new AppError('unauthenticated', 'Sign in to go on.');

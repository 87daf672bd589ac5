import { readCallbackLink, signCallbackLink } from '@/lib/crypto/callback-link';
import type { Context } from '../context';

/** The page on which a call is moved or cancelled. The same as long as there is the call, so that every mail has it. */
export function callbackUrl(ctx: Pick<Context, 'baseUrl' | 'keys'>, callbackId: string): string {
  return `${ctx.baseUrl}/callback/${signCallbackLink(ctx.keys.link, callbackId)}`;
}

export function callbackIdOf(ctx: Context, token: string): string | null {
  return readCallbackLink(ctx.keys.link, token);
}

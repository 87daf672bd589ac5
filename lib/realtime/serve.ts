import type { Socket } from 'socket.io';
import { ZodError } from 'zod';
import type { Refusal } from '@/lib/domain/errors';
import type { Context } from '@/lib/services/context';
import { AppError, isOutage } from '@/lib/services/errors';
import { observeAck } from './metrics';
import type { Allowance } from './rate-limits';

type Handler = (input: unknown) => unknown;

/**
 * The one way to register a socket event: parse (the verb's schema refuses what it does not know), authorise (the verb),
 * limit, catch, acknowledge. A malformed event gets a typed error and changes nothing.
 */
export function serve(
  ctx: Context,
  socket: Socket,
  handlers: Record<string, Handler>,
  allow: Allowance,
): void {
  for (const [event, handler] of Object.entries(handlers)) {
    socket.on(event, (...received: unknown[]) => {
      ctx.failpoint('received');
      const last = received.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: unknown) => void) : null;
      const input = received[0] === last && ack ? undefined : received[0];
      answer(
        ctx,
        event,
        () => {
          if (received.length > (ack ? 2 : 1))
            throw new AppError('invalid', 'Send one object and an acknowledgement.');
          return handler(input);
        },
        allow,
      ).then(
        (reply) => {
          ack?.(reply);
          ctx.failpoint('acknowledged');
        },
        (error: unknown) => ctx.log.error({ err: error, event }, 'an acknowledgement failed'),
      );
    });
  }
}

async function answer(ctx: Context, event: string, run: () => unknown, allow: Allowance) {
  const started = performance.now();
  try {
    await allow(event);
    const data = await run();
    observeAck(event, performance.now() - started);
    return { ok: true as const, data: data ?? {} };
  } catch (error) {
    return { ok: false as const, error: refusalOf(ctx, event, error) };
  }
}

/** Maps what a verb threw to what a client is told. Anything unexpected is logged by an id and told as no more than that. */
export function refusalOf(ctx: Context, event: string, error: unknown): Refusal {
  if (error instanceof AppError) return error.refusal;
  if (error instanceof ZodError) {
    const fields: Record<string, string> = {};
    for (const issue of error.issues) fields[issue.path.join('.') || 'input'] ??= issue.message;
    const [first] = Object.entries(fields);
    return {
      code: 'invalid',
      message: first ? `${first[0]}: ${first[1]}` : 'The input is not usable.',
      fields,
    };
  }
  const errorId = ctx.newId();
  if (isOutage(error)) {
    ctx.log.warn({ err: error, event, errorId }, 'the database did not answer');
    return { code: 'unavailable', message: 'The service is catching its breath. It will be sent again.' };
  }
  ctx.log.error({ err: error, event, errorId }, 'an event failed');
  return { code: 'unavailable', message: `Something went wrong on our side (${errorId}). Try again.` };
}

import pino from 'pino';
import type { Log } from '@/lib/services/context';

/** JSON lines with ids and never a body. Anything that could be a secret is struck out by name. */
export function openLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFields },
    redact: {
      paths: [
        '*.password',
        '*.token',
        '*.cookie',
        '*.authorization',
        '*.secret',
        '*.body',
        'password',
        'token',
        'body',
      ],
      censor: '[struck out]',
    },
  });
}

/** Name, code and stack: the parameters of a failed statement hold what people wrote and stay out. */
function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    code,
    message: error.name === 'PostgresError' ? 'a statement failed' : error.message,
    stack: error.stack?.split('\n').slice(1, 8).join('\n'),
    ...(error.cause === undefined ? {} : { cause: errorFields(error.cause) }),
  };
}

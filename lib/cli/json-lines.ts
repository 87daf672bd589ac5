import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { AppError } from '@/lib/services/errors';

interface Line<T> {
  value: T;
  /** File and number, to name it by. */
  place: string;
}

/** The lines of a JSON Lines file, read as they are asked for; empty ones are passed over. A wrong one is named. */
export async function* readJsonLines<T>(file: string, schema: z.ZodType<T>): AsyncGenerator<Line<T>> {
  let number = 0;
  for await (const text of linesOf(file)) {
    number += 1;
    const place = `${file}:${number}`;
    if (text.trim() !== '') yield { value: readLine(text, schema, place), place };
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let held = '';
  for await (const chunk of chunksOf(file)) {
    const lines = `${held}${chunk}`.split('\n');
    held = lines.pop() ?? '';
    yield* lines;
  }
  if (held !== '') yield held;
}

async function* chunksOf(file: string): AsyncGenerator<string> {
  try {
    let isFirst = true;
    for await (const chunk of createReadStream(file, 'utf8')) {
      yield isFirst ? String(chunk).replace(/^\uFEFF/, '') : String(chunk);
      isFirst = false;
    }
  } catch (error) {
    throw new AppError(
      'invalid',
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function readLine<T>(text: string, schema: z.ZodType<T>, place: string): T {
  const parsed = schema.safeParse(parse(text, place));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
  throw new AppError('invalid', `${place}: ${wrong.join('; ')}`);
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid', `${place}: is not JSON. Each line holds one object.`);
  }
}

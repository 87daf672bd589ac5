import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer, answerRead } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { changeLookup, type changeLookupInput, readLookups } from '@/lib/services/tools/change-lookup';

export function GET(): Promise<Response> {
  return answerRead(async () => readLookups(context(), await signedInAgent()));
}

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    changeLookup(context(), await signedInAgent(), input as z.input<typeof changeLookupInput>),
  );
}

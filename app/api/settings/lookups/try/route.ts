import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { tryLookup, type tryLookupInput } from '@/lib/services/tools/try-lookup';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    tryLookup(context(), await signedInAgent(), input as z.input<typeof tryLookupInput>),
  );
}

import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { setCapacity, type setCapacityInput } from '@/lib/services/user/set-capacity';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    setCapacity(context(), await signedInAgent(), input as z.input<typeof setCapacityInput>),
  );
}

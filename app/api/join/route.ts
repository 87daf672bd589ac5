import type { z } from 'zod';
import { answer } from '@/lib/auth/route-answer';
import { context } from '@/lib/services/runtime';
import { join, type joinInput } from '@/lib/services/user/join';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) => {
    await join(context(), input as z.input<typeof joinInput>);
    return {};
  });
}

import type { z } from 'zod';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { connectFeed, type connectFeedInput } from '@/lib/services/calendar/connect-feed';
import { context } from '@/lib/services/runtime';

export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) =>
    connectFeed(context(), await signedInAgent(), input as z.input<typeof connectFeedInput>),
  );
}

import { currentAgent } from '@/lib/auth/current-agent';
import { signInPath } from '@/lib/domain/desk-path';
import { connectAccount, signTrouble } from '@/lib/services/calendar/connect-account';
import { AppError } from '@/lib/services/errors';
import { context } from '@/lib/services/runtime';

/** Where a provider sends an agent back to; what became of it is told on the page of their calendars. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const ctx = context();
  const agent = await currentAgent();
  if (agent === null) return to(signInPath('/calendars'));
  try {
    await connectAccount(ctx, agent, { state: query.get('state') ?? '', code: query.get('code') });
    return to('/calendars?connected=1');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return to(`/calendars?trouble=${encodeURIComponent(signTrouble(ctx, error.message))}`);
  }
}

function to(path: string): Response {
  const location = `${context().baseUrl}${path}`;
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}

import { signedInAgent } from '@/lib/auth/current-agent';
import { answerRead } from '@/lib/auth/route-answer';
import { readVersion } from '@/lib/services/knowledge/read';
import { context } from '@/lib/services/runtime';

export function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  return answerRead(async () =>
    readVersion(context(), await signedInAgent(), {
      id: query.get('id') ?? '',
      version: Number(query.get('version')),
    }),
  );
}

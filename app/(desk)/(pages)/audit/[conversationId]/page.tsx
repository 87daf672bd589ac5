import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ConversationTrail } from '@/components/audit/conversation-trail';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { conversationTrail } from '@/lib/services/audit/trail';
import { AppError } from '@/lib/services/errors';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Audit trail' };

export default async function TrailPage(props: {
  params: Promise<{ conversationId: string }>;
  searchParams: Promise<{ after?: string }>;
}) {
  const agent = await deskAgent();
  const { conversationId } = await props.params;
  if (scopeOf(agent.role, 'audit.read') === null || !/^[0-9a-f-]{36}$/.test(conversationId)) notFound();
  const after = Number((await props.searchParams).after ?? 0);
  const trail = await conversationTrail(
    context(),
    agent,
    conversationId,
    Number.isInteger(after) ? after : 0,
  ).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  return <ConversationTrail conversationId={conversationId} trail={trail} />;
}

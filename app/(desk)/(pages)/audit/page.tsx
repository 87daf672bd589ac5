import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AuditLog } from '@/components/audit/audit-log';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { recentTrail } from '@/lib/services/audit/trail';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<{ of?: string; kind?: string }>;
}) {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'audit.read') === null) notFound();
  const { of, kind } = await searchParams;
  const scope = of === 'settings' ? 'settings' : 'conversations';
  const entries = await recentTrail(context(), agent, { of: scope, kind: kind || null });
  return <AuditLog entries={entries} of={scope} kind={kind ?? ''} />;
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LookupEditor } from '@/components/settings/lookup-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readLookups } from '@/lib/services/tools/change-lookup';

export const metadata: Metadata = { title: 'Look-up' };

export default async function LookupPage({ params }: { params: Promise<{ id: string }> }) {
  const agent = await deskAgent();
  const { id } = await params;
  const lookup = readLookups(context(), agent).find((each) => each.id === id);
  if (lookup === undefined) notFound();
  return (
    <LookupEditor key={id} lookup={lookup} mayChange={scopeOf(agent.role, 'settings.change') !== null} />
  );
}

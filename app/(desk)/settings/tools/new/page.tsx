import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LookupEditor } from '@/components/settings/lookup-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { LOOKUP_TIMEOUTS } from '@/lib/domain/lookup';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'New look-up' };
export const dynamic = 'force-dynamic';

export default async function NewLookupPage() {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'settings.change') === null) notFound();
  return (
    <LookupEditor
      lookup={{
        id: context().newId(),
        version: 0,
        name: '',
        active: true,
        phrases: [],
        arguments: [],
        method: 'GET',
        url: '',
        headers: [],
        timeoutMs: LOOKUP_TIMEOUTS.usual,
        values: [],
        answer: '',
        notFound: '',
      }}
      mayChange
    />
  );
}

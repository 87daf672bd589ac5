import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MailOutbox } from '@/components/settings/mail-outbox';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readMails } from '@/lib/services/mail/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'E-mail' };

export default async function MailSettingsPage() {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'mail.manage') === null) notFound();
  return <MailOutbox initial={await readMails(context(), agent, { state: 'waiting', before: null })} />;
}

import './settings.css';
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { SettingsNav } from '@/components/settings/settings-nav';
import { currentAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  if (scopeOf(agent.role, 'settings.read') === null) notFound();
  return (
    <div className="app app-set">
      <SettingsNav />
      <main className="sheet pane">{children}</main>
    </div>
  );
}

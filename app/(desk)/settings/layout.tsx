import './settings.css';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { SettingsNav } from '@/components/settings/settings-nav';
import { ToastProvider } from '@/components/ui/toasts';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readDesk } from '@/lib/services/desk/read';
import { context } from '@/lib/services/runtime';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'settings.read') === null) notFound();
  const { presence } = await readDesk(context(), agent);
  return (
    <ToastProvider>
      <div className="app app-set">
        <SettingsNav presence={presence} mayConnect={scopeOf(agent.role, 'mail.manage') !== null} />
        <main className="sheet pane">{children}</main>
      </div>
    </ToastProvider>
  );
}

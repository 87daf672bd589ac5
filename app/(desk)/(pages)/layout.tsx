import type { ReactNode } from 'react';
import { PageNav } from '@/components/ui/page-nav';
import { ToastProvider } from '@/components/ui/toasts';
import { deskAgent } from '@/lib/auth/current-agent';
import { readDesk } from '@/lib/services/desk/read';
import { context } from '@/lib/services/runtime';

export default async function PagesLayout({ children }: { children: ReactNode }) {
  const agent = await deskAgent();
  const { me, presence, workspaceName } = await readDesk(context(), agent);
  return (
    <ToastProvider>
      <div className="app">
        <PageNav
          person={{ name: me.name, email: me.email, role: me.role }}
          presence={presence}
          workspaceName={workspaceName}
        />
        <main className="sheet page">{children}</main>
      </div>
    </ToastProvider>
  );
}

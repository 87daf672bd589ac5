'use client';

import { ToastProvider } from '@/components/ui/toasts';
import { DeskProvider } from '@/lib/client/hooks/use-desk';
import { InboxDesk } from './inbox-desk';

/** The agent's day: queue, conversation, context. */
export function Inbox() {
  return (
    <DeskProvider>
      <ToastProvider>
        <InboxDesk />
      </ToastProvider>
    </DeskProvider>
  );
}

'use client';

import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { usePagePresence } from '@/lib/client/hooks/use-page-presence';
import type { OwnPresence } from '@/lib/protocol';
import { DeskNav, type NavPerson } from './desk-nav';
import { PageRing } from './page-ring';
import { useToast } from './toasts';

/** The nav of pages outside the inbox: the way back, and the other pages. Whoever reads here is at their desk. */
export function PageNav({
  person,
  presence,
  workspaceName,
}: {
  person: NavPerson;
  presence: OwnPresence;
  workspaceName: string;
}) {
  const toast = useToast();
  const own = usePagePresence(presence, toast);
  return (
    <>
      <DeskNav
        person={person}
        presence={own.presence}
        clockOffset={own.clockOffset}
        onStatus={own.setStatus}
        workspaceName={workspaceName}
      >
        <div className="nav-group">
          <Link className="nav-item" href="/inbox/pending" title="Inbox">
            <Inbox className="i" aria-hidden="true" />
            <span>Inbox</span>
          </Link>
        </div>
      </DeskNav>
      <PageRing own={own} />
    </>
  );
}

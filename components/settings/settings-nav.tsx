'use client';

import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { PageRing } from '@/components/ui/page-ring';
import { useToast } from '@/components/ui/toasts';
import { usePagePresence } from '@/lib/client/hooks/use-page-presence';
import type { OwnPresence } from '@/lib/protocol';

const DESK_PAGES = [
  { href: '/settings/hours', name: 'Business hours' },
  { href: '/settings/sla', name: 'SLA' },
  { href: '/settings/priority', name: 'Priority' },
  { href: '/settings/queue', name: 'Queue' },
  { href: '/settings/routing', name: 'Routing' },
  { href: '/settings/forms', name: 'Forms' },
  { href: '/settings/callbacks', name: 'Callbacks' },
] as const;
const BOT = [
  { href: '/settings/knowledge', name: 'Knowledge' },
  { href: '/settings/bot', name: 'Thresholds' },
  { href: '/settings/rules', name: 'Rules' },
  { href: '/settings/tools', name: 'Tools' },
  { href: '/settings/model', name: 'Model' },
] as const;
const CONNECTIONS = [
  { href: '/settings/calendars', name: 'Calendars' },
  { href: '/settings/mail', name: 'E-mail' },
] as const;

/** Takes the place of the desk's nav; its head leads back. Whoever changes settings is at their desk. */
export function SettingsNav({ presence, mayConnect }: { presence: OwnPresence; mayConnect: boolean }) {
  const pathname = usePathname();
  const toast = useToast();
  const own = usePagePresence(presence, toast);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the pages stand in one line, which may be longer than the screen.
    const current = pathname && nav.current?.querySelector('[aria-current]');
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  const page = ({ href, name }: { href: string; name: string }) => (
    <Link
      key={href}
      className="nav-item"
      href={href}
      aria-current={pathname.startsWith(href) ? 'page' : undefined}
    >
      {name}
    </Link>
  );
  return (
    <>
      <nav className="set-nav" aria-label="Settings" ref={nav}>
        <Link className="back" href="/inbox/pending" aria-label="Back to the inbox">
          <ChevronLeft className="i" aria-hidden="true" />
          <span className="grow">Settings</span>
        </Link>
        <div className="nav-label">Desk</div>
        {DESK_PAGES.map(page)}
        <div className="nav-label">Bot</div>
        {BOT.map(page)}
        {mayConnect && (
          <>
            <div className="nav-label">Connections</div>
            {CONNECTIONS.map(page)}
          </>
        )}
      </nav>
      <PageRing own={own} />
    </>
  );
}

'use client';

import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { PageRing } from '@/components/ui/page-ring';
import { useToast } from '@/components/ui/toasts';
import { usePagePresence } from '@/lib/client/hooks/use-page-presence';
import type { OwnPresence } from '@/lib/protocol';

const PAGES = [
  { href: '/settings/hours', name: 'Business hours' },
  { href: '/settings/sla', name: 'SLA' },
  { href: '/settings/priority', name: 'Priority' },
  { href: '/settings/queue', name: 'Queue' },
  { href: '/settings/routing', name: 'Routing' },
] as const;

/** Takes the place of the desk's nav; its head leads back. Whoever changes settings is at their desk. */
export function SettingsNav({ presence }: { presence: OwnPresence }) {
  const pathname = usePathname();
  const toast = useToast();
  const own = usePagePresence(presence, toast);
  return (
    <>
      <nav className="set-nav" aria-label="Settings">
        <Link className="back" href="/inbox/pending" aria-label="Back to the inbox">
          <ChevronLeft className="i" aria-hidden="true" />
          <span className="grow">Settings</span>
        </Link>
        <div className="nav-label">Desk</div>
        {PAGES.map(({ href, name }) => (
          <Link
            key={href}
            className="nav-item"
            href={href}
            aria-current={pathname.startsWith(href) ? 'page' : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      <PageRing own={own} />
    </>
  );
}

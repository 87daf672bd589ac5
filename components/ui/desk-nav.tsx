'use client';

import { ChartNoAxesColumn, type LucideIcon, PhoneCall, ScrollText, Settings, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import type { AgentStatus } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import { Logo } from './logo';
import { MeMenu } from './me-menu';

export interface NavPerson {
  name: string;
  email: string;
  role: 'agent' | 'supervisor' | 'admin';
}

const PAGES: readonly {
  href: string;
  name: string;
  icon: LucideIcon;
  roles: readonly NavPerson['role'][];
}[] = [
  { href: '/callbacks', name: 'Callbacks', icon: PhoneCall, roles: ['agent', 'supervisor', 'admin'] },
  { href: '/reports', name: 'Reports', icon: ChartNoAxesColumn, roles: ['supervisor', 'admin'] },
  { href: '/audit', name: 'Audit log', icon: ScrollText, roles: ['admin'] },
  { href: '/people', name: 'People', icon: Users, roles: ['admin'] },
  { href: '/settings', name: 'Settings', icon: Settings, roles: ['supervisor', 'admin'] },
];

/** The nav of every desk page: what is in `children` first, the pages this role may see at the foot. */
export function DeskNav({
  person,
  presence,
  clockOffset,
  onStatus,
  workspaceName,
  children,
}: {
  person: NavPerson | null;
  presence: OwnPresence | null;
  clockOffset: number | null;
  onStatus: (status: AgentStatus) => void;
  workspaceName: string;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const pages = PAGES.filter((page) => person && page.roles.includes(person.role));
  return (
    <nav className="nav" aria-label="Desk">
      <div className="brand">
        <Logo />
        <span className="grow clip">{workspaceName}</span>
      </div>
      {children}
      <div className="nav-foot">
        {pages.map((page) => (
          <Link
            key={page.href}
            className="nav-item"
            href={page.href}
            aria-current={pathname.startsWith(page.href) ? 'page' : undefined}
            title={page.name}
          >
            <page.icon className="i" aria-hidden="true" />
            <span>{page.name}</span>
          </Link>
        ))}
        {person && presence && (
          <MeMenu
            person={person}
            pages={pages}
            presence={presence}
            clockOffset={clockOffset}
            onStatus={onStatus}
          />
        )}
      </div>
    </nav>
  );
}

'use client';

import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useOwnStatus } from '@/lib/client/hooks/use-own-status';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';
import { scopeOf } from '@/lib/domain/permissions';
import { AGENT_STATUSES, type AgentStatus } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import { Avatar } from './avatar';
import type { NavPerson } from './desk-nav';
import { Key } from './key';
import { PresenceDot } from './presence-dot';
import { loadText, STATUS_WORDS } from './words';

const THEMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
type Theme = keyof typeof THEMES;
const KEY = 'baton:theme';
const ROLES = { agent: 'Agent', supervisor: 'Supervisor', admin: 'Admin' } as const;

/**
 * Oneself: what one says of oneself, how much one has, the look of the desk, and the way out; on a phone also to the pages
 * for which the bar has no room.
 */
export function MeMenu({
  person,
  pages,
  presence,
  clockOffset,
  onStatus,
}: {
  person: NavPerson;
  pages: readonly { href: string; name: string }[];
  presence: OwnPresence;
  /** Server time minus ours, in ms; null until it is known. */
  clockOffset: number | null;
  onStatus: (status: AgentStatus) => void;
}) {
  const [theme, setTheme] = useTheme();
  const [open, setOpen] = useState(false);
  useShortcuts([{ keys: 'g s', run: () => setOpen(true) }]);
  const shown = useOwnStatus(presence, clockOffset);
  const says = `${STATUS_WORDS[shown]}, ${loadText(presence)}`;
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger
        className="me"
        aria-label={`${person.name}, menu: ${says}`}
        title={`${person.name}, ${says}`}
      >
        <span className="me-face">
          <Avatar name={person.name} size={28} you />
          <PresenceDot status={shown} />
        </span>
        <span className="me-text">
          <span className="clip">{person.name}</span>
          <small>
            <span>{STATUS_WORDS[shown]}</span>
            <span className="num">{loadText(presence)}</span>
          </small>
        </span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="top" align="start" sideOffset={6}>
          <DropdownMenu.Label className="menu-label">
            {ROLES[person.role]} · {person.email}
          </DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            aria-label="Status"
            value={presence.status}
            onValueChange={(next) => onStatus(next as AgentStatus)}
          >
            {AGENT_STATUSES.map((status) => (
              <DropdownMenu.RadioItem key={status} className="menu-item" value={status}>
                <PresenceDot status={status} />
                <span className="grow">{STATUS_WORDS[status]}</span>
                {presence.status === status && <span aria-hidden="true">✓</span>}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Label className="menu-label menu-fact">
            <span className="grow">{loadText(presence)} conversations</span>
            <Key>G S</Key>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="menu-line" />
          {pages.map((page) => (
            <DropdownMenu.Item key={page.href} asChild className="menu-item only-narrow">
              <Link href={page.href}>{page.name}</Link>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.RadioGroup
            aria-label="Look"
            value={theme}
            onValueChange={(next) => setTheme(next as Theme)}
          >
            {Object.entries(THEMES).map(([value, name]) => (
              <DropdownMenu.RadioItem key={value} className="menu-item" value={value}>
                {name}
                {theme === value && <span aria-hidden="true">✓</span>}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item asChild className="menu-item">
            <Link href="/calendars">Your calendars</Link>
          </DropdownMenu.Item>
          {scopeOf(person.role, 'firstSteps.dismiss') !== null && (
            <DropdownMenu.Item className="menu-item" onSelect={() => void showFirstSteps()}>
              Show the first steps
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item asChild className="menu-item">
            <a href="/sign-out">Sign out</a>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** They stand where no conversation is open, so that is where this leads, from any page. */
async function showFirstSteps(): Promise<void> {
  await fetch('/api/first-steps', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dismissed: false }),
  }).catch(() => null);
  window.location.assign('/inbox/pending');
}

function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => {
    const kept = window.localStorage.getItem(KEY);
    if (kept === 'light' || kept === 'dark') setTheme(kept);
  }, []);
  useEffect(() => {
    if (theme === 'system') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', theme);
  }, [theme]);
  return [
    theme,
    (next) => {
      window.localStorage.setItem(KEY, next);
      setTheme(next);
    },
  ];
}

import { Bot, Check, Inbox, type LucideIcon, OctagonAlert, TriangleAlert, User, Users } from 'lucide-react';
import type { InboxView } from '@/lib/client/hooks/use-inbox-place';

export interface ViewInfo {
  view: InboxView;
  name: string;
  icon: LucideIcon;
  keys: string;
  /** What stands first, and what the time beside each row tells. */
  order: string;
  time: string;
  /** Somebody waits longer than they were promised: its count stands out. */
  alarm?: true;
}

const NEWEST = { order: 'Newest first', time: 'Last word' } as const;

export const VIEWS: readonly ViewInfo[] = [
  {
    view: 'pending',
    name: 'Pending',
    icon: Inbox,
    keys: 'g p',
    order: 'In order of service',
    time: 'Waiting',
  },
  { view: 'mine', name: 'Mine', icon: User, keys: 'g m', ...NEWEST },
  { view: 'team', name: 'My team', icon: Users, keys: 'g q', ...NEWEST },
  {
    view: 'at-risk',
    name: 'At risk',
    icon: TriangleAlert,
    keys: 'g a',
    order: 'Next deadline first',
    time: 'Last word',
  },
  {
    view: 'breached',
    name: 'Breached',
    icon: OctagonAlert,
    keys: 'g x',
    order: 'Longest overdue first',
    time: 'Last word',
    alarm: true,
  },
  { view: 'live', name: 'Bot live', icon: Bot, keys: 'g l', ...NEWEST },
  { view: 'resolved', name: 'Resolved', icon: Check, keys: 'g d', ...NEWEST },
];

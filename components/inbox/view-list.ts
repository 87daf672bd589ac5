import { Bot, Check, Inbox, type LucideIcon, User, Users } from 'lucide-react';
import type { InboxView } from '@/lib/client/hooks/use-inbox-place';

export const VIEWS: readonly { view: InboxView; name: string; icon: LucideIcon; keys: string }[] = [
  { view: 'pending', name: 'Pending', icon: Inbox, keys: 'g p' },
  { view: 'mine', name: 'Mine', icon: User, keys: 'g m' },
  { view: 'team', name: 'My team', icon: Users, keys: 'g q' },
  { view: 'live', name: 'Bot live', icon: Bot, keys: 'g l' },
  { view: 'resolved', name: 'Resolved', icon: Check, keys: 'g d' },
];

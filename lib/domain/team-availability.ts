import { type Calendar, isOpen, nextOpening } from './business-hours';
import type { Path } from './handoff';

/** Whether a team can be asked for: it is open and somebody is at the desk, nobody is, or it is closed. */
export type TeamAvailability =
  | { kind: 'open' }
  | { kind: 'nobody' }
  /** `opensAt` is null where no opening is in sight. */
  | { kind: 'closed'; opensAt: number | null };

/** What a customer is offered then; a call only where the team makes calls. */
const PATHS_WHEN: Readonly<Record<TeamAvailability['kind'], readonly Path[]>> = {
  open: ['live', 'callback'],
  nobody: ['live', 'follow_up', 'callback'],
  closed: ['follow_up', 'callback'],
};

/** Where the bot puts nobody through to an agent, a person still answers in writing. */
export function pathsWhen(kind: TeamAvailability['kind'], mayTransfer: boolean): readonly Path[] {
  const paths = PATHS_WHEN[kind];
  if (mayTransfer || !paths.includes('live')) return paths;
  return ['follow_up', ...paths.filter((path) => path !== 'live' && path !== 'follow_up')];
}

export function teamAvailability(
  calendar: Calendar | null,
  isAnybodyThere: boolean,
  now: number,
): TeamAvailability {
  if (!isOpen(calendar, now)) return { kind: 'closed', opensAt: nextOpening(calendar, now) };
  return { kind: isAnybodyThere ? 'open' : 'nobody' };
}

import type { AgentStatus } from '@/lib/domain/presence';

/** A shape for each status, so that none is told by its colour alone: disc, disc with a bar, crescent, ring. */
const SHAPES: Readonly<Record<AgentStatus, string>> = {
  available: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z',
  busy: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1ZM3.2 5.2v1.6h5.6V5.2Z',
  away: 'M4.6 1.2a5 5 0 1 0 6.2 6.2A4.6 4.6 0 0 1 4.6 1.2Z',
  offline: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1ZM6 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
};

/** Beside the word for it, so it is silent. */
export function PresenceDot({ status }: { status: AgentStatus }) {
  return (
    <svg className="presence-dot" data-status={status} viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[status]} fillRule="evenodd" />
    </svg>
  );
}

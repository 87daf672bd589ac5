'use client';

import { useNow } from '@/lib/client/hooks/use-now';
import { clockText } from '@/lib/domain/durations';
import { slaBadge } from '@/lib/domain/sla-badge';
import type { SlaClockView } from '@/lib/domain/sla-view';
import { SLA_METRIC_WORDS } from './words';

/**
 * The one clock that matters of a handoff, counting down by the server's time: `offset` is that minus ours in ms. Nothing
 * is drawn where nothing is promised.
 */
export function SlaChip({ clocks, offset }: { clocks: readonly SlaClockView[]; offset: number }) {
  const now = useNow() + offset;
  const clock = chosen(clocks, now);
  if (clock === null) return null;
  const { look, before, time, after, spoken } = faceOf(clock, now);
  const metric = SLA_METRIC_WORDS[clock.metric];
  return (
    <span className="sla" data-s={look} title={titleOf(clock, metric)}>
      <Glyph look={look} used={usedShare(clock, now)} />
      <span>
        {before && <span className="sla-word">{before} </span>}
        {time}
        {after && <span className="sla-word"> {after}</span>}
        <span className="sr">
          {' '}
          {spoken}, {metric}
        </span>
      </span>
    </span>
  );
}

/** Resolution has hours left when a reply has minutes: it is shown once it is in danger. */
function chosen(clocks: readonly SlaClockView[], now: number): SlaClockView | null {
  const most = slaBadge(clocks, now);
  if (most?.metric !== 'resolution' || most.status !== 'running') return most;
  const replies = clocks.filter(({ metric }) => metric !== 'resolution');
  return slaBadge(replies, now) ?? most;
}

type Look = 'ok' | 'risk' | 'breached' | 'paused' | 'met';

/** `before` and `after` are read aloud always, and shown where there is room for more than the glyph and the time. */
interface Face {
  look: Look;
  before?: string;
  time?: string;
  after?: string;
  spoken: string;
}

function faceOf(clock: SlaClockView, now: number): Face {
  const { status, dueAt, stoppedAt, startedAt } = clock;
  if (status === 'breached') {
    const over = dueAt === null ? {} : { time: `+${clockText((stoppedAt ?? now) - dueAt)}` };
    return { look: 'breached', before: 'Breached', ...over, spoken: 'late' };
  }
  if (status === 'paused') return { look: 'paused', before: 'Paused', spoken: 'waiting for the customer' };
  if (status === 'met') {
    return {
      look: 'met',
      before: 'Met',
      time: clockText((stoppedAt ?? now) - startedAt),
      spoken: 'in time',
    };
  }
  // What is left is rounded up, so that the last second reads 0:01 and not 0:00.
  const time = clockText(Math.ceil(((dueAt ?? now) - now) / 1000) * 1000);
  return status === 'at_risk'
    ? { look: 'risk', time, after: 'left', spoken: 'at risk' }
    : { look: 'ok', time, spoken: 'left' };
}

function usedShare({ startedAt, dueAt }: SlaClockView, now: number): number {
  return dueAt === null || dueAt <= startedAt ? 0 : Math.min(1, (now - startedAt) / (dueAt - startedAt));
}

function titleOf({ dueAt, targetMs }: SlaClockView, metric: string): string {
  const target = targetMs === null ? '' : `, target ${clockText(targetMs)}`;
  if (dueAt === null) return `${metric}${target}`;
  const due = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' }).format(dueAt);
  return `${metric}${target}, due ${due}`;
}

const RING = 2 * Math.PI * 4.75;

function Glyph({ look, used }: { look: Look; used: number }) {
  const stroke = { fill: 'none', stroke: 'currentColor' } as const;
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      {look === 'ok' && (
        <>
          <circle cx="6" cy="6" r="4.75" {...stroke} strokeOpacity=".28" strokeWidth="1.75" />
          <circle
            cx="6"
            cy="6"
            r="4.75"
            {...stroke}
            strokeWidth="1.75"
            strokeLinecap="round"
            strokeDasharray={`${(used * RING).toFixed(2)} 30`}
            transform="rotate(-90 6 6)"
          />
        </>
      )}
      {look === 'risk' && (
        <>
          <path d="M6 1.2 11.3 10.6H.7Z" {...stroke} strokeWidth="1.4" strokeLinejoin="round" />
          <path d="M6 4.6v2.6M6 8.9v.1" {...stroke} strokeWidth="1.4" strokeLinecap="round" />
        </>
      )}
      {look === 'breached' && (
        <>
          <path d="M3.7.6h4.6l3.1 3.1v4.6l-3.1 3.1H3.7L.6 8.3V3.7Z" fill="currentColor" />
          <path d="M6 3.2v3M6 8.6v.1" stroke="var(--breach-bg)" strokeWidth="1.5" strokeLinecap="round" />
        </>
      )}
      {look === 'paused' && <path d="M4 2.5v7M8 2.5v7" {...stroke} strokeWidth="1.8" strokeLinecap="round" />}
      {look === 'met' && (
        <path
          d="m2.2 6.4 2.6 2.6 5-5.8"
          {...stroke}
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}

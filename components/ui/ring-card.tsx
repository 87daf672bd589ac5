'use client';

import { Check, Pause } from 'lucide-react';
import { useMemo } from 'react';
import { useNow } from '@/lib/client/hooks/use-now';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';
import { clockText, spanText } from '@/lib/domain/durations';
import type { SkillLevel } from '@/lib/domain/routable-agent';
import type { RingView, WhyThisAgent } from '@/lib/protocol';
import { Key } from './key';
import { PriorityMark } from './priority-mark';
import { SkillLevelMark } from './skill-level-mark';
import { languageName, REASON_WORDS, ROUTING_MODE_WORDS } from './words';

/**
 * A handoff that rings at oneself: who it is, why it is oneself, and how long is left to say so. `offset` is the server's
 * time minus ours in ms; without a connection it is held.
 */
export function RingCard({
  ring,
  offset,
  isOnline,
  isBusy,
  onAccept,
  onDecline,
}: {
  ring: RingView;
  offset: number;
  isOnline: boolean;
  isBusy: boolean;
  onAccept: () => void;
  onDecline: () => void;
}) {
  const now = useNow() + offset;
  const rests = !isOnline || isBusy;
  useShortcuts(
    useMemo(
      () =>
        rests
          ? []
          : [
              { keys: 'Alt+a', run: onAccept, whileTyping: true },
              { keys: 'Alt+d', run: onDecline, whileTyping: true },
            ],
      [rests, onAccept, onDecline],
    ),
  );
  const left = Math.max(0, ring.until - now);
  return (
    <section className="float ring" role="alertdialog" aria-label={`Incoming handoff: ${ring.name}`}>
      <header className="ring-head">
        <Dial left={left} total={ring.until - ring.startedAt} isOnline={isOnline} />
        <span className="grow ring-who">
          <b className="clip" dir="auto">
            {ring.name}
          </b>
          <small>{isOnline ? nextText(ring) : 'Held until you are back'}</small>
        </span>
        <PriorityMark priority={ring.priority} chip />
      </header>
      {ring.transfer?.note && (
        <p className="ring-note" dir="auto">
          {ring.transfer.note}
        </p>
      )}
      {ring.summary && (
        <p className="ring-sum" dir="auto">
          {ring.summary}
        </p>
      )}
      {ring.why && <Why why={ring.why} />}
      <div className="ring-meta">
        <span className="clip">
          {REASON_WORDS[ring.reason]} · {ring.teamName}
        </span>
        <span className="grow" />
        {!ring.transfer && (
          <span className="n">waiting {clockText(Math.max(0, now - ring.waitingSince))}</span>
        )}
      </div>
      <footer className="ring-foot">
        <button type="button" className="btn btn-36" onClick={onDecline} disabled={rests}>
          Decline
          <Key>⌥D</Key>
        </button>
        <button type="button" className="btn btn-36 btn-primary" onClick={onAccept} disabled={rests}>
          Accept
          <Key>⌥A</Key>
        </button>
      </footer>
    </section>
  );
}

function nextText({ thenName, transfer }: RingView): string {
  if (transfer) return `${transfer.byName} asks you to take over`;
  return thenName === null ? 'For you' : `For you, then for ${thenName}`;
}

const TURN = 2 * Math.PI * 20;

/** The seconds that are left; read aloud once, by the card itself, and never ticked. */
function Dial({ left, total, isOnline }: { left: number; total: number; isOnline: boolean }) {
  const share = total > 0 ? Math.min(1, left / total) : 0;
  return (
    <span className="ring-dial" aria-hidden="true">
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <circle cx="22" cy="22" r="20" fill="none" stroke="var(--border)" strokeWidth="3" />
        <circle
          className="arc"
          cx="22"
          cy="22"
          r="20"
          fill="none"
          stroke={isOnline ? 'var(--accent)' : 'var(--edge)'}
          strokeWidth="3"
          strokeLinecap="round"
          strokeDasharray={`${(share * TURN).toFixed(1)} ${TURN.toFixed(1)}`}
          transform="rotate(-90 22 22)"
        />
      </svg>
      {isOnline ? <span>{Math.ceil(left / 1000)}</span> : <Pause className="i" />}
    </span>
  );
}

/** In short, why it rings here and not elsewhere. */
function Why({ why }: { why: WhyThisAgent }) {
  return (
    <dl className="ring-why">
      {why.skills.map(({ name, level }) => (
        <Reason key={name} name={name} level={level} />
      ))}
      {why.language !== null && <Reason name={languageName(why.language)} />}
      <div>
        <Check className="i i-14" aria-hidden="true" />
        <dt>{ROUTING_MODE_WORDS[why.mode].reason}</dt>
        <dd className="n t2">
          {why.idleMs !== null && `${spanText(why.idleMs)}, `}
          {why.load} of {why.capacity}
        </dd>
      </div>
    </dl>
  );
}

function Reason({ name, level }: { name: string; level?: SkillLevel }) {
  return (
    <div>
      <Check className="i i-14" aria-hidden="true" />
      <dt>{name}</dt>
      <dd>{level === undefined ? null : <SkillLevelMark level={level} />}</dd>
    </div>
  );
}

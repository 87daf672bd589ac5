'use client';

import { useDesk } from '@/lib/client/hooks/use-desk';
import { useNow } from '@/lib/client/hooks/use-now';
import { shownScore, WAITING_PART } from '@/lib/domain/priority';
import type { ConversationSnapshot, HandoffView } from '@/lib/protocol';

/** Why this priority: the parts of the score, the rule, or the hand that set it. */
export function PrioritySection({
  snapshot,
  handoff,
}: {
  snapshot: ConversationSnapshot;
  handoff: HandoffView;
}) {
  const now = useNow() + useDesk((state) => state.clockOffset);
  if (handoff.scoreParts.length === 0) return null;
  const waits = handoff.state === 'pending' && handoff.queuedAt !== null;
  const waitedLong = waits && now - (handoff.queuedAt ?? now) > WAITING_PART.afterMs;
  return (
    <section className="sec">
      <div className="sec-head">
        <h3>Priority</h3>
        <span className="by">{authorOf(snapshot, handoff)}</span>
      </div>
      <ul className="parts">
        {handoff.scoreParts.map(({ name, points, evidence }) => (
          <Part
            key={name}
            name={sentence(name)}
            points={name === 'base' ? `${points}` : points === 0 ? '' : `+${points}`}
            evidence={evidence}
          />
        ))}
        {waitedLong && (
          <Part
            name="Waiting over 2 minutes"
            points={`+${WAITING_PART.points}`}
            evidence={`within P${handoff.priority} only`}
          />
        )}
      </ul>
    </section>
  );
}

function Part({ name, points, evidence }: { name: string; points: string; evidence: string | undefined }) {
  return (
    <li>
      <span className="grow">
        {name}
        {evidence && <span className="t3"> {evidence}</span>}
      </span>
      <b className="n">{points}</b>
    </li>
  );
}

function authorOf({ events }: ConversationSnapshot, handoff: HandoffView): string {
  const byHand = events.findLast(
    (event) => event.kind === 'handoff.prioritised' && event.payload.handoffId === handoff.id,
  );
  if (byHand?.actor.kind === 'agent') return `P${handoff.priority} by ${byHand.actor.name}`;
  return `P${handoff.priority}, score ${shownScore(handoff.score)}`;
}

function sentence(name: string): string {
  return `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
}

'use client';

import { useEffect, useState } from 'react';
import { ROUTING_MODE_WORDS } from '@/components/ui/words';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import { clockText, spanText } from '@/lib/domain/durations';
import { LONGEST_SHIFT_MS } from '@/lib/domain/longest-shift';
import { scopeOf } from '@/lib/domain/permissions';
import type { ConversationSnapshot, DecisionView } from '@/lib/protocol';

/** Why it rang where it rang, for those who lead the team: who else could have been picked, and who was left out. */
export function RoutingSection({ snapshot }: { snapshot: ConversationSnapshot }) {
  const client = useDeskClient();
  const mayRead = useDesk(({ desk }) => desk !== null && scopeOf(desk.me.role, 'routing.explain') !== null);
  const conversationId = snapshot.conversation.id;
  const rang = snapshot.events.filter(({ kind }) => kind === 'handoff.rang').length;
  const [decisions, setDecisions] = useState<DecisionView[]>([]);
  const [shown, setShown] = useState(0);
  useEffect(() => {
    if (!mayRead || rang === 0) return;
    let left = false;
    void client.request('routing:decisions', { conversationId }).then((answer) => {
      if (!left && answer.ok) setDecisions(answer.data.decisions);
    });
    return () => {
      left = true;
    };
  }, [client, conversationId, mayRead, rang]);
  const decision = decisions[shown];
  if (!mayRead || !decision) return null;
  return (
    <section className="sec">
      <div className="sec-head">
        <h3>Why this agent</h3>
        {decisions.length > 1 ? (
          <select
            className="by"
            aria-label="Which ring"
            value={shown}
            onChange={(event) => setShown(Number(event.target.value))}
          >
            {decisions.map(({ id, at }, index) => (
              <option key={id} value={index}>
                Ring {decisions.length - index}, {timeText(at)}
              </option>
            ))}
          </select>
        ) : (
          <span className="by n">{timeText(decision.at)}</span>
        )}
      </div>
      <p className="t2">
        {ROUTING_MODE_WORDS[decision.mode].name} in {decision.teamName}
        {askedText(decision)}
      </p>
      <ol className="candidates">
        {decision.candidates.map((candidate) => (
          <li key={candidate.id}>
            <span className="grow">
              {candidate.name}
              {candidate.id === decision.agentId && <span className="tag tag-line">Chosen</span>}
            </span>
            <span className="t3 n">{standText(candidate)}</span>
          </li>
        ))}
      </ol>
      {leftOut(decision) && <p className="t3">Left out: {leftOut(decision)}</p>}
    </section>
  );
}

const PASSED_OVER_WORDS: Readonly<Record<keyof DecisionView['passedOver'], string>> = {
  not_in_team: 'not in the team',
  lacks_skill: 'without the skill',
  lacks_language: 'without the language',
  declined: 'declined it',
  offline: 'offline',
  away: 'away',
  busy: 'busy',
  full: 'full',
};

function leftOut({ passedOver }: DecisionView): string {
  return (Object.keys(passedOver) as (keyof DecisionView['passedOver'])[])
    .filter((reason) => passedOver[reason] > 0 && reason !== 'not_in_team')
    .map((reason) => `${passedOver[reason]} ${PASSED_OVER_WORDS[reason]}`)
    .join(', ');
}

function askedText({ mode, needs }: DecisionView): string {
  if (mode !== 'skill_based') return '';
  const asked = [
    ...needs.skills.map(({ name, level }) => `${name} ${level}`),
    ...(needs.language ? [needs.language] : []),
  ];
  return asked.length === 0 ? '' : `, asked for ${asked.join(', ')}`;
}

/** How a candidate stood: what the rule compared first, then how much they had. */
function standText({ score, load, capacity, overflow }: DecisionView['candidates'][number]): string {
  const parts = score.flatMap(({ name, value }) => {
    if (name === 'idle_ms')
      return value === null || value > LONGEST_SHIFT_MS ? [] : [`free ${spanText(value)}`];
    if (name === 'since_pushed_ms') return [value === null ? 'never rung' : `rung ${clockText(value)} ago`];
    if (name === 'skill_surplus') return [value === 0 ? 'knows just this' : `knows ${value} more`];
    return [];
  });
  return [...parts, `${load} of ${capacity}${overflow ? ', one above' : ''}`].join(' · ');
}

function timeText(at: number): string {
  return new Intl.DateTimeFormat('en', { timeStyle: 'medium' }).format(at);
}

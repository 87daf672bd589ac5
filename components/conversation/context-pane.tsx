'use client';

import { BadgeCheck, BookOpen, Copy, PanelRight } from 'lucide-react';
import Link from 'next/link';
import { Avatar } from '@/components/ui/avatar';
import { MOOD_WORDS, OUTCOME_WORDS, REASON_WORDS, roundMoney } from '@/components/ui/words';
import { useDesk } from '@/lib/client/hooks/use-desk';
import type { Mood, Reason } from '@/lib/domain/handoff';
import type { ConversationSnapshot, CustomerView } from '@/lib/protocol';
import { PrioritySection } from './priority-section';
import { RoutingSection } from './routing-section';
import { SignalList } from './signal-list';

/** What is known, in the order in which it is needed: summary, why, what was gathered, who it is. */
export function ContextPane({ conversationId, onHide }: { conversationId: string; onHide: () => void }) {
  const snapshot = useDesk((state) => state.conversations[conversationId]);
  const role = useDesk((state) => state.desk?.me.role);
  return (
    <aside className="pane ctx" aria-label="Context">
      <header className="pane-head">
        <h2>{snapshot?.handoff && snapshot.conversation.state !== 'bot' ? 'Handoff' : 'Customer'}</h2>
        <span className="grow" />
        <button
          type="button"
          className="icon-btn"
          aria-label="Hide the context"
          title="Hide (])"
          onClick={onHide}
        >
          <PanelRight className="i" />
        </button>
      </header>
      {snapshot && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className="scroll" aria-label="What is known" tabIndex={0}>
          <HandoffSections snapshot={snapshot} />
          <CustomerSection customer={snapshot.customer} page={latestPage(snapshot)} />
          <Articles snapshot={snapshot} />
          {role === 'admin' && (
            <section className="sec last">
              <Link className="lnk" href={`/audit/${conversationId}`}>
                Audit trail
              </Link>
            </section>
          )}
        </section>
      )}
    </aside>
  );
}

function HandoffSections({ snapshot }: { snapshot: ConversationSnapshot }) {
  const { handoff, events } = snapshot;
  const context = handoff?.context;
  const signals = context?.signals ?? latestSignals(snapshot);
  return (
    <>
      {context && (
        <section className="sec">
          <div className="sec-head">
            <h3>Summary</h3>
            <span className="by">AI, {context.messageCount} messages</span>
          </div>
          <p dir="auto">{context.summary}</p>
          {context.keyPoints.length > 0 && (
            <ul className="points">
              {context.keyPoints.map((point) => (
                <li key={point} dir="auto">
                  {point}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {(handoff || signals.length > 0) && (
        <section className="sec">
          <div className="sec-head">
            <h3>{whyTitle(snapshot)}</h3>
            {handoff && <span className="by">{REASON_WORDS[handoff.reason]}</span>}
          </div>
          {signals.length > 0 ? (
            <SignalList signals={signals} events={events} />
          ) : (
            handoff && <p className="t3">{UNMEASURED_WORDS[handoff.reason] ?? 'Nothing was measured.'}</p>
          )}
        </section>
      )}
      {snapshot.conversation.state === 'bot' && (
        <Standing mood={snapshot.conversation.mood} topic={snapshot.conversation.topic} />
      )}
      {handoff && <PrioritySection snapshot={snapshot} handoff={handoff} />}
      <RoutingSection snapshot={snapshot} />
      <Labels labels={snapshot.conversation.labels} />
      {context && context.gathered.length > 0 && (
        <section className="sec">
          <div className="sec-head">
            <h3>Gathered</h3>
            <button
              type="button"
              className="by"
              onClick={() =>
                void navigator.clipboard.writeText(
                  context.gathered.map((fact) => `${fact.label}: ${fact.value}`).join('\n'),
                )
              }
            >
              <Copy className="i i-12" aria-hidden="true" />
              Copy all
            </button>
          </div>
          <dl className="dl">
            {context.gathered.map((fact) => (
              <Pair key={`${fact.label}${fact.value}`} term={fact.label} value={fact.value} />
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function whyTitle({ handoff, conversation }: ConversationSnapshot): string {
  if (handoff === null) return 'What the bot sees';
  return conversation.state === 'bot' ? 'Why a person is offered' : 'Why handed off';
}

/** What a person was offered for where no signal was. */
const UNMEASURED_WORDS: Partial<Record<Reason, string>> = {
  requested_by_customer: 'The customer pressed “Talk to a person”.',
  rule: 'A rule of the desk held.',
};

/** While the bot talks: how it goes, and of what. */
function Standing({ mood, topic }: { mood: Mood; topic: string | null }) {
  return (
    <section className="sec">
      <dl className="dl">
        <Pair term="Mood" value={MOOD_WORDS[mood]} />
        {topic !== null && <Pair term="Topic" value={topic} />}
      </dl>
    </section>
  );
}

function Labels({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <section className="sec">
      <div className="sec-head">
        <h3>Labels</h3>
      </div>
      <ul className="labels">
        {labels.map((label) => (
          <li key={label} className="tag tag-line" dir="auto">
            {label}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Before a handoff: what the last judged turn measured. */
function latestSignals({ events }: ConversationSnapshot) {
  const judged = events.filter((event) => event.kind === 'turn.judged').at(-1);
  return judged?.kind === 'turn.judged' ? judged.payload.signals : [];
}

/** Where the customer was when they last wrote, or took up what they were approached with. */
function latestPage({ events }: ConversationSnapshot): string | null {
  return (
    events.findLast(({ message }) => message?.author === 'visitor' || message?.page !== undefined)?.message
      ?.page ?? null
  );
}

function CustomerSection({ customer, page }: { customer: CustomerView; page: string | null }) {
  const since = customer.customerSince ? new Date(customer.customerSince).getFullYear() : null;
  const standing = [customer.tier, since && `since ${since}`].filter(Boolean).join(' ');
  const facts: [string, string | null][] = [
    ['E-mail', customer.email],
    [
      'Lifetime',
      customer.lifetimeValue === null
        ? null
        : [
            roundMoney(customer.lifetimeValue, customer.currency),
            customer.orders !== null && `${customer.orders} orders`,
          ]
            .filter(Boolean)
            .join(', '),
    ],
    ['Churn risk', customer.churnRisk && customer.churnRisk[0]?.toUpperCase() + customer.churnRisk.slice(1)],
    [
      'Earlier',
      customer.earlier.handoffs === 0
        ? null
        : `${customer.earlier.handoffs} ${customer.earlier.handoffs === 1 ? 'handoff' : 'handoffs'}${customer.earlier.lastOutcome ? `, ${OUTCOME_WORDS[customer.earlier.lastOutcome].toLowerCase()}` : ''}`,
    ],
    ['Prefers', customer.preferredContact],
    ['Language', customer.locale],
    ['Page', page?.replace(/^https?:\/\//, '') ?? null],
    ...Object.entries(customer.attributes),
  ];
  const shown = facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <section className="sec">
      <div className="person">
        <Avatar name={customer.name} size={32} />
        <span className="grow">
          <span className="person-name clip" dir="auto">
            {customer.name}
            {customer.verified && (
              <>
                <BadgeCheck className="i i-14 ok" aria-hidden="true" />
                <span className="sr"> signed by the site</span>
              </>
            )}
          </span>
          <small>{standing || (customer.id === null ? 'Not signed in' : 'Customer')}</small>
        </span>
      </div>
      {shown.length > 0 && (
        <dl className="dl">
          {shown.map(([term, value]) => (
            <Pair key={term} term={term} value={value} />
          ))}
        </dl>
      )}
    </section>
  );
}

function Pair({ term, value }: { term: string; value: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd className="n" dir="auto">
        <span className="clip" title={value}>
          {value}
        </span>
      </dd>
    </>
  );
}

function Articles({ snapshot }: { snapshot: ConversationSnapshot }) {
  const articles = snapshot.handoff?.context?.articles ?? [];
  if (articles.length === 0) return null;
  return (
    <section className="sec last">
      <div className="sec-head">
        <h3>Related articles</h3>
      </div>
      {articles.map((article) => (
        <div key={article.id} className="art">
          <BookOpen className="i i-14" aria-hidden="true" />
          <span className="clip">{article.title}</span>
          <span className="n">{article.score.toFixed(2)}</span>
        </div>
      ))}
    </section>
  );
}

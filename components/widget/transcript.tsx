import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Face } from './face';
import { firstName } from './format';
import { Group } from './group';
import { Icon } from './icon';
import { LaterCard } from './later-card';
import { OfferCard } from './offer-card';
import { PendingGroup } from './pending-group';
import { QueueCard } from './queue-card';
import { Takeover } from './takeover';
import { notYetIn, type Row, timeline } from './timeline';
import { useVisitor, useWidget } from './use-widget';

const NEAR_END = 80;

/** The log. It follows the newest message while the reader is near the end, and stays put while they read back. */
export function Transcript() {
  const { say } = useWidget();
  const conversation = useVisitor((state) => state.conversation);
  const all = useVisitor((state) => state.pending);
  const personWanted = useVisitor((state) => state.personWanted);
  const typing = useVisitor((state) => state.typing);
  const drafts = useVisitor((state) => state.drafts);
  const pending = notYetIn(conversation, all);
  const rows = conversation === null ? [] : timeline(conversation, drafts);
  const { log, behind, toEnd } = useFollow(
    `${conversation?.seq} ${typing?.by} ${drafts.map(({ text }) => text.length)}`,
    pending.length,
  );
  return (
    <div className="scroll">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className="log" role="log" aria-label={say('conversation')} tabIndex={0} ref={log}>
        {rows.map((row) => (
          <TimelineRow key={row.key} row={row} />
        ))}
        {pending.length > 0 && <PendingGroup items={pending} />}
        {personWanted && <p className="day">{say('personWanted')}</p>}
        {typing && <Typing person={typing.name} />}
        {drafts.some(({ text }) => !text) && <Typing person={null} />}
      </div>
      {behind && (
        <button type="button" className="newest" aria-label={say('newest')} onClick={toEnd}>
          <Icon name="down" size="s" />
        </button>
      )}
    </div>
  );
}

function TimelineRow({ row }: { row: Row }) {
  const { format, visitor } = useWidget();
  const offset = visitor.store.getState().clockOffsetMs;
  switch (row.kind) {
    case 'group':
      return <Group group={row} />;
    case 'day':
      return <p className="day">{format.day(row.at, Date.now() + offset)}</p>;
    case 'offer':
      return <OfferCard handoff={row.handoff} />;
    case 'details':
      return <LaterCard card="DetailsCard" />;
    case 'queue':
      return <QueueCard handoff={row.handoff} />;
    case 'form':
      return <LaterCard card="FormCard" form={row.form} />;
    case 'call':
      return <LaterCard card="BookedCard" change={row.change} callback={row.callback} />;
    case 'takeover':
      return <Takeover handoff={row.handoff} />;
    case 'line':
      return <Line row={row} />;
  }
}

function Line({ row }: { row: Extract<Row, { kind: 'line' }> }) {
  const { say, botName } = useWidget();
  const agent = row.handoff?.agentName;
  const values = {
    bot: botName,
    agent: agent ?? say('someone'),
    name: firstName(row.by ?? agent ?? say('someone')),
    to: agent ?? row.handoff?.teamName ?? say('someone'),
  };
  return (
    <p className={row.done ? 'day done' : 'day'}>
      {row.done && <Icon name="check" size="s" />}
      {say(row.text, values)}
    </p>
  );
}

/** Seen, not read out: the announcer says it once for each burst. */
function Typing({ person }: { person: string | null }) {
  return (
    <div className={person === null ? 'grp ai' : 'grp'} aria-hidden="true">
      <div className="bubs">
        <Face person={person} />
        <div className="bub typing">
          <i />
          <i />
          <i />
        </div>
      </div>
    </div>
  );
}

function useFollow(newest: string, own: number) {
  const log = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [behind, setBehind] = useState(false);

  useEffect(() => {
    const element = log.current;
    if (element === null) return;
    const look = () => {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      following.current = near;
      setBehind(!near);
    };
    const keep = new ResizeObserver(() => {
      if (following.current) showEnd(element);
    });
    element.addEventListener('scroll', look, { passive: true });
    keep.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      keep.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    if (newest !== '' && following.current) showEnd(log.current);
  }, [newest]);
  useLayoutEffect(() => {
    if (own > 0) showEnd(log.current);
  }, [own]);
  return { log, behind, toEnd: () => showEnd(log.current) };
}

function showEnd(element: HTMLElement | null): void {
  if (element !== null) element.scrollTop = element.scrollHeight;
}

import { useEffect, useRef, useState } from 'react';
import type { QueuePosition } from '@/lib/protocol';
import { useLongerThan } from './banner';
import { isNews } from './is-news';
import { useVisitor, useWidget } from './use-widget';

const GRACE_MS = 1200;

/** Reads out politely what changes outside of the messages: place in line and wait, typing, connection. Each change once. */
export function Announcer() {
  const { say, format, botName } = useWidget();
  const [words, setWords] = useState('');
  const position = useVisitor((state) => state.position);
  const typing = useVisitor(({ typing, drafts }) => typing?.name ?? (drafts.length > 0 ? botName : null));
  const online = useVisitor((state) => state.connection.kind === 'online');
  const lost = useLongerThan(GRACE_MS, !online);
  const wasLost = useRef(false);
  const said = useRef<QueuePosition | null>(null);

  useEffect(() => {
    const before = said.current;
    if (position !== null && before !== null && !isNews(before, position)) return;
    said.current = position;
    if (position === null) return;
    const place = format.place(position);
    const { wait } = position;
    setWords(
      wait === null ? say('youAre', { place }) : say('youAreWait', { place, wait: format.wait(wait).words }),
    );
  }, [position, say, format]);
  useEffect(() => {
    if (typing !== null) setWords(say('isWriting', { name: typing }));
  }, [typing, say]);
  useEffect(() => {
    if (lost) setWords(`${say('noConnection')}. ${say('noConnectionHint')}`);
    else if (wasLost.current) setWords(say('connectedAgain'));
    wasLost.current = lost;
  }, [lost, say]);

  return (
    <p className="vh" role="status">
      {words}
    </p>
  );
}

import { useEffect, useRef, useState } from 'react';
import { useLongerThan } from './banner';
import { useVisitor, useWidget } from './use-widget';

const GRACE_MS = 1200;

/** Reads out politely what changes outside of the messages: place in line, typing, connection. Each change once. */
export function Announcer() {
  const { say, format } = useWidget();
  const [words, setWords] = useState('');
  const position = useVisitor((state) => state.position);
  const typing = useVisitor((state) => state.typing?.name ?? null);
  const online = useVisitor((state) => state.connection.kind === 'online');
  const lost = useLongerThan(GRACE_MS, !online);
  const wasLost = useRef(false);
  const place = position === null ? null : format.place(position);

  useEffect(() => {
    if (place !== null) setWords(say('youAre', { place }));
  }, [place, say]);
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

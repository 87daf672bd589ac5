import { SIGNAL_WORDS } from '@/components/ui/words';
import type { LoggedSignal } from '@/lib/domain/conversation';
import type { StaffEvent } from '@/lib/protocol';

/** Below the threshold is the bad side for these; for all others it is at or over. */
const FIRES_BELOW: ReadonlySet<string> = new Set(['low_confidence', 'polarity']);

/** Each signal with its value against its threshold, and the words that tripped it. */
export function SignalList({
  signals,
  events,
}: {
  signals: readonly LoggedSignal[];
  events: readonly StaffEvent[];
}) {
  return (
    <ul>
      {signals.map((signal) => (
        <li key={signal.name}>
          <div className={signal.fired ? 'signal fired' : 'signal'}>
            <span className="mark" aria-hidden="true" />
            <b className="clip">{SIGNAL_WORDS[signal.name] ?? signal.name}</b>
            <Meter signal={signal} />
            <span className="n">{numberText(signal.value)}</span>
            <span className="n lim">
              {signal.threshold !== null &&
                `${FIRES_BELOW.has(signal.name) ? '<' : '≥'} ${numberText(signal.threshold)}`}
            </span>
            <span className="sr">{signal.fired ? 'fired' : 'did not fire'}</span>
          </div>
          {signal.fired && <Evidence signal={signal} events={events} />}
        </li>
      ))}
    </ul>
  );
}

function Evidence({ signal, events }: { signal: LoggedSignal; events: readonly StaffEvent[] }) {
  const quotes = signal.evidence.flatMap(({ messageId, start, end }) => {
    const body = events.find((event) => event.message?.id === messageId)?.message?.body;
    return body && end > start ? [body.slice(start, end)] : [];
  });
  if (quotes.length === 0) return null;
  return (
    <p className="evidence" dir="auto">
      {quotes
        .slice(0, 3)
        .map((quote) => `“${quote}”`)
        .join(' ')}
    </p>
  );
}

function Meter({ signal }: { signal: LoggedSignal }) {
  if (signal.value === null || signal.threshold === null || signal.threshold < 0) return <span />;
  const scale = Math.max(1, signal.threshold * 1.5, signal.value);
  const share = (value: number) => `${Math.round((Math.min(value, scale) / scale) * 100)}%`;
  return (
    <span className="meter" aria-hidden="true">
      <i style={{ width: share(signal.value) }} />
      <s style={{ insetInlineStart: share(signal.threshold) }} />
    </span>
  );
}

function numberText(value: number | null): string {
  if (value === null) return '';
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

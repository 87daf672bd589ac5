'use client';

import { useDesk } from '@/lib/client/hooks/use-desk';
import { useNow } from '@/lib/client/hooks/use-now';
import { clockText } from '@/lib/domain/durations';

/** How long somebody has waited, by the server's clock, counting. */
export function Waited({ since }: { since: number | null }) {
  const now = useNow() + useDesk((state) => state.clockOffset);
  if (since === null) return <span className="row-wait n" />;
  const text = clockText(now - since);
  return (
    <time className="row-wait n" dateTime={new Date(since).toISOString()}>
      <span className="sr">waiting </span>
      {text}
    </time>
  );
}

/** When the last word was said, in the shortest form that is true. */
export function Ago({ at }: { at: number }) {
  const now = useNow() + useDesk((state) => state.clockOffset);
  return (
    <time className="row-wait n" dateTime={new Date(at).toISOString()}>
      {agoText(now - at, at)}
    </time>
  );
}

function agoText(span: number, at: number): string {
  if (span < 60_000) return 'now';
  if (span < 3_600_000) return `${Math.floor(span / 60_000)} m`;
  if (span < 86_400_000) return `${Math.floor(span / 3_600_000)} h`;
  return new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' }).format(at);
}

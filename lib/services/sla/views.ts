import { readSla, type SlaLedger } from '@/lib/domain/sla-ledger';
import type { SlaClockView } from '@/lib/domain/sla-view';

/** The clocks as their ledger says: what time alone has made of them since is reckoned where they are shown. */
export function slaViews(ledger: SlaLedger): SlaClockView[] {
  return readSla(ledger, null, 0).map(
    ({ metric, status, startedAt, targetMs, atRiskAt, dueAt, breachedAt, metAt, stoppedAt }) => ({
      metric,
      status,
      startedAt,
      targetMs,
      atRiskAt,
      dueAt,
      breachedAt,
      metAt,
      stoppedAt,
    }),
  );
}

const REMEMBERED = 5000;
const remembered = new Map<string, SlaClockView[]>();

/** The same of a ledger as it is stored. A list is read again at each change of one of its rows: the others are known. */
export function slaViewsOfText(text: string): SlaClockView[] {
  const known = remembered.get(text);
  if (known) return known;
  const views = slaViews(JSON.parse(text) as SlaLedger);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(text, views);
  return views;
}

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

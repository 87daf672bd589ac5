import { verifyAudit } from '@/lib/services/audit/verify';
import type { Command } from './command';

const SHOWN = 20;

export const auditVerify: Command = {
  name: 'audit verify',
  usage: 'audit verify',
  summary: 'Prove that no event was changed, removed, added or moved since it was written',
  details:
    'Checks every hash of every chain with the key of this installation, each head and gap, that message bodies match the\nhashes in the log, and the signed checkpoints. Exit code 1 when anything is wrong; the first fault of each chain is named.',
  async run({ open, say }) {
    const ctx = await open();
    try {
      const report = await verifyAudit(ctx, (done) => say(`${done} events checked`));
      const { faults } = report;
      const head = `${report.events} events in ${report.chains} chains, ${report.messages} messages, ${report.checkpoints} checkpoints`;
      const shown = faults.slice(0, SHOWN).map((fault) => `  ${fault.chain} at ${fault.seq}: ${fault.what}`);
      const rest = faults.length > SHOWN ? [`  and ${faults.length - SHOWN} more (--json lists all)`] : [];
      const text =
        faults.length === 0
          ? `${head}: unbroken.`
          : [`${head}: ${faults.length} faults.`, ...shown, ...rest].join('\n');
      return { ok: faults.length === 0, text, data: report };
    } finally {
      await ctx.close();
    }
  },
};

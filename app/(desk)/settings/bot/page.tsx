import type { Metadata } from 'next';
import { ThresholdEditor } from '@/components/settings/threshold-editor';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readBotThresholds } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Thresholds' };

export default async function ThresholdsPage() {
  const agent = await deskAgent();
  const thresholds = readBotThresholds(context(), agent);
  const currency = context().directory.widgets()[0]?.currency ?? '';
  return (
    <ThresholdEditor
      thresholds={thresholds}
      currency={currency}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}

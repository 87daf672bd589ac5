import type { Metadata } from 'next';
import { HoursSettings } from '@/components/settings/hours-settings';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readHours } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Business hours' };

export default async function HoursSettingsPage() {
  const agent = await deskAgent();
  return (
    <HoursSettings
      teams={readHours(context(), agent)}
      zones={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}

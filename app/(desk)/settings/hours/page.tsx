import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { HoursSettings } from '@/components/settings/hours-settings';
import { currentAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { context } from '@/lib/services/runtime';
import { readHours } from '@/lib/services/settings/read';

export const metadata: Metadata = { title: 'Business hours' };

export default async function HoursSettingsPage() {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  return (
    <HoursSettings
      teams={readHours(context(), agent)}
      zones={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}

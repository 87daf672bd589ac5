import type { Metadata } from 'next';
import { RoutingSettings } from '@/components/settings/routing-settings';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readRouting } from '@/lib/services/routing/change-routing';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Routing' };

export default async function RoutingPage() {
  const agent = await deskAgent();
  return (
    <RoutingSettings
      teams={readRouting(context(), agent)}
      mayChange={scopeOf(agent.role, 'settings.change') !== null}
    />
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AllCalendars } from '@/components/settings/all-calendars';
import { deskAgent } from '@/lib/auth/current-agent';
import { scopeOf } from '@/lib/domain/permissions';
import { readAllCalendars } from '@/lib/services/calendar/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Calendars' };

export default async function AllCalendarsPage() {
  const agent = await deskAgent();
  if (scopeOf(agent.role, 'calendar.oversee') === null) notFound();
  return <AllCalendars initial={await readAllCalendars(context(), agent)} />;
}

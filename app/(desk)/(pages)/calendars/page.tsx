import '../../settings/settings.css';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { OwnCalendars } from '@/components/settings/own-calendars';
import { currentAgent } from '@/lib/auth/current-agent';
import { readOwnCalendars } from '@/lib/services/calendar/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Your calendars' };

export default async function OwnCalendarsPage() {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  return <OwnCalendars initial={await readOwnCalendars(context(), agent)} />;
}

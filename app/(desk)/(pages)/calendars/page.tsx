import '../../settings/settings.css';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { OwnCalendars } from '@/components/settings/own-calendars';
import { currentAgent } from '@/lib/auth/current-agent';
import { readTrouble } from '@/lib/services/calendar/connect-account';
import { readOwnCalendars } from '@/lib/services/calendar/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Your calendars' };

export default async function OwnCalendarsPage({
  searchParams,
}: {
  searchParams: Promise<{ trouble?: string | string[] }>;
}) {
  const agent = await currentAgent();
  if (agent === null) redirect('/sign-in');
  const { trouble } = await searchParams;
  return (
    <OwnCalendars
      initial={await readOwnCalendars(context(), agent)}
      trouble={typeof trouble === 'string' ? readTrouble(context(), trouble) : null}
    />
  );
}

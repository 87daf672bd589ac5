import '../../settings/settings.css';
import type { Metadata } from 'next';
import { OwnCalendars } from '@/components/settings/own-calendars';
import { deskAgent } from '@/lib/auth/current-agent';
import { readTrouble } from '@/lib/services/calendar/connect-account';
import { readOwnCalendars } from '@/lib/services/calendar/read';
import { context } from '@/lib/services/runtime';

export const metadata: Metadata = { title: 'Your calendars' };

export default async function OwnCalendarsPage({
  searchParams,
}: {
  searchParams: Promise<{ trouble?: string | string[] }>;
}) {
  const agent = await deskAgent();
  const { trouble } = await searchParams;
  return (
    <OwnCalendars
      initial={await readOwnCalendars(context(), agent)}
      trouble={typeof trouble === 'string' ? readTrouble(context(), trouble) : null}
    />
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { type ReportQuery, reportHref } from './report-query';

/** Days begin and end in somebody's zone: the report says whose, and offers one's own. */
export function ZonePicker({ query }: { query: ReportQuery }) {
  const router = useRouter();
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => setOwn(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  const zones = [...new Set(['UTC', query.timeZone, ...(own ? [own] : [])])];
  if (zones.length === 1) return null;
  return (
    <select
      className="input"
      aria-label="Time zone of the days"
      value={query.timeZone}
      onChange={(event) => router.push(reportHref(query, { timeZone: event.target.value, day: null }))}
    >
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone}
        </option>
      ))}
    </select>
  );
}

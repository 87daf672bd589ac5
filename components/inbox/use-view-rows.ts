'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { mergeByActivity, mergeByDeadline, mergePending } from '@/lib/client/desk/apply';
import { useDesk, useDeskClient, useMyTeams, useWatchedViews } from '@/lib/client/hooks/use-desk';
import type { InboxView } from '@/lib/client/hooks/use-inbox-place';
import type { LiveViewKey, QueueRow, ResolvedPage, TeamList } from '@/lib/protocol';

export interface ViewRows {
  rows: readonly QueueRow[];
  totals: Readonly<Record<InboxView, number | null>>;
  loading: boolean;
  /** Asks for the next page of resolved conversations; null when there is none. */
  more: (() => void) | null;
}

/** The rows of the view at hand and the counts of all of them, live. */
export function useViewRows(view: InboxView): ViewRows {
  const teams = useMyTeams();
  const desk = useDesk((state) => state.desk);
  const views = useDesk((state) => state.views);
  const keys = useMemo(() => {
    const of = (list: TeamList) => teams.map((team): LiveViewKey => `${list}:${team.id}`);
    const mine: LiveViewKey[] = desk ? [`mine:${desk.me.id}`] : [];
    return { pending: of('pending'), team: of('team'), atRisk: of('atRisk'), breached: of('breached'), mine };
  }, [desk, teams]);
  useWatchedViews(desk ? [...Object.values(keys).flat(), 'live'] : []);
  const offset = useDesk((state) => state.clockOffset);
  const resolved = useResolved(view === 'resolved');

  return useMemo(() => {
    const of = (some: LiveViewKey[]) => some.map((key) => views[key]);
    const pending = mergePending(of(keys.pending));
    const team = mergeByActivity(of(keys.team));
    const mine = mergeByActivity(of(keys.mine));
    const now = Date.now() + offset;
    const atRisk = mergeByDeadline(of(keys.atRisk), now);
    const breached = mergeByDeadline(of(keys.breached), now);
    const live = mergeByActivity([views.live]);
    const ready = views.live !== undefined;
    const total = (list: { total: number }) => (ready ? list.total : null);
    const shown = { pending, team, mine, 'at-risk': atRisk, breached, live, resolved }[view];
    return {
      rows: shown.rows,
      totals: {
        pending: total(pending),
        mine: total(mine),
        team: total(team),
        'at-risk': total(atRisk),
        breached: total(breached),
        live: total(live),
        resolved: null,
      },
      loading: view === 'resolved' ? resolved.loading : !ready,
      more: view === 'resolved' ? resolved.more : null,
    };
  }, [views, keys, view, resolved, offset]);
}

function useResolved(active: boolean) {
  const client = useDeskClient();
  const [rows, setRows] = useState<QueueRow[]>([]);
  const [next, setNext] = useState<ResolvedPage['next']>(null);
  const [loading, setLoading] = useState(true);
  const load = useCallback(
    async (before: ResolvedPage['next']) => {
      const answer = await client.request('view:resolved', { before });
      setLoading(false);
      if (!answer.ok) return;
      setRows((held) => (before ? [...held, ...answer.data.rows] : answer.data.rows));
      setNext(answer.data.next);
    },
    [client],
  );
  const online = useDesk((state) => state.connection.kind === 'online');
  useEffect(() => {
    if (active && online) void load(null);
  }, [active, online, load]);
  return useMemo(
    () => ({ rows, loading, more: next === null ? null : () => void load(next) }),
    [rows, loading, next, load],
  );
}

'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LiveViewKey } from '@/lib/protocol';
import { type DeskClient, type DeskState, openDesk } from '../desk/desk-store';
import { watchActivity } from '../desk/watch-activity';

const DeskContext = createContext<DeskClient | null>(null);

/** Opens the desk's connection once for everything below. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const [client, setClient] = useState<DeskClient | null>(null);
  useEffect(() => {
    const opened = openDesk();
    const unwatch = watchActivity(opened);
    setClient(opened);
    return () => {
      unwatch();
      opened.close();
    };
  }, []);
  return client && <DeskContext.Provider value={client}>{children}</DeskContext.Provider>;
}

export function useDeskClient(): DeskClient {
  const client = useContext(DeskContext);
  if (client === null) throw new Error('useDeskClient needs a DeskProvider above it');
  return client;
}

export function useDesk<T>(select: (state: DeskState) => T): T {
  return useStore(useDeskClient().store, select);
}

/** Keeps these views live while the component is shown. */
export function useWatchedViews(keys: readonly LiveViewKey[]): void {
  const client = useDeskClient();
  const joined = keys.join(' ');
  const held = useRef(keys);
  held.current = keys;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined keys stand for the list
  useEffect(() => {
    const releases = held.current.map((key) => client.watchView(key));
    return () => {
      for (const release of releases) release();
    };
  }, [client, joined]);
}

export function useWatchedConversation(conversationId: string | null): void {
  const client = useDeskClient();
  useEffect(
    () => (conversationId === null ? undefined : client.watchConversation(conversationId)),
    [client, conversationId],
  );
}

/** The teams whose queues this person works: their own, every one for an admin. */
export function useMyTeams() {
  const desk = useDesk((state) => state.desk);
  return useMemo(() => {
    if (desk === null) return [];
    return desk.me.role === 'admin'
      ? desk.teams
      : desk.teams.filter((team) => desk.me.teamIds.includes(team.id));
  }, [desk]);
}

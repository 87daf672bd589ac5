'use client';

import { useMemo } from 'react';
import type { ToastAction } from '@/components/ui/toasts';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import type { Refusal } from '@/lib/domain/errors';
import type { Priority } from '@/lib/domain/handoff';
import { allows, type Operation } from '@/lib/domain/permissions';
import { canApply } from '@/lib/domain/transitions';
import type { Answer, ConversationSnapshot } from '@/lib/protocol';

export type TransferTarget = { kind: 'agent'; id: string } | { kind: 'team'; id: string };

export interface TransferTerms {
  note: string;
  /** It should never have come here. */
  misrouted?: boolean;
  /** Set the colleague's capacity aside. */
  override?: boolean;
}

export interface ConversationActions {
  mine: boolean;
  canClaim: boolean;
  /** A colleague has it: claiming is refused, and says who was faster. */
  lost: boolean;
  canTakeOver: boolean;
  /** Supervises it: may give it to somebody of theirs, and take it from whoever has it. */
  canReassign: boolean;
  /** Writes to the customer beside the owner; and may begin to. */
  joined: boolean;
  canJoin: boolean;
  canTakeFrom: boolean;
  canPrioritise: boolean;
  greeting: string | null;
  claim: () => void;
  takeOver: () => Promise<void>;
  takeFrom: () => Promise<void>;
  join: () => Promise<void>;
  leave: () => Promise<void>;
  release: () => Promise<void>;
  handBack: () => Promise<void>;
  resolve: () => Promise<void>;
  /** Answers what stood in the way, for the dialog to say; null when it is done. */
  transfer: (to: TransferTarget, terms: TransferTerms) => Promise<Refusal | null>;
  /** Answers what stood in the way; null when it is done. */
  sendForm: (templateId: string) => Promise<Refusal | null>;
  withdrawTransfer: () => Promise<void>;
  reassign: (to: TransferTarget, terms: TransferTerms) => Promise<Refusal | null>;
  prioritise: (priority: Priority) => Promise<void>;
}

/** What this person may do with this conversation now, each as one call that says when it was refused. */
export function useConversationActions(
  snapshot: ConversationSnapshot,
  ends: {
    toast: (text: string, action?: ToastAction) => void;
    onResolved: () => void;
    onClaim: (row: { conversationId: string; handoffId: string | null; name: string }) => void;
  },
): ConversationActions {
  const client = useDeskClient();
  const me = useDesk((state) => state.desk?.me);
  const { toast, onResolved, onClaim } = ends;
  const { conversation, handoff, customer } = snapshot;
  const { id: conversationId, ownerEpoch, state, teamId, agentId, participants } = conversation;
  return useMemo(() => {
    const handoffState = handoff?.state ?? 'none';
    const mine = state === 'active' && agentId === me?.id;
    const fenced = { conversationId, ownerEpoch };
    const say = async (answer: Promise<Answer<unknown>>, done?: string, then?: () => void) => {
      const result = await answer;
      if (!result.ok) toast(result.error.message);
      else {
        if (done) toast(done);
        then?.();
      }
    };
    const joined = me !== undefined && participants.includes(me.id);
    const may = (operation: Operation) => me !== undefined && allows(me, operation, { teamId, agentId });
    const canReassign = !mine && canApply('reassign', state, handoffState) && may('handoff.reassign');
    const give = async (
      event: 'handoff:transfer' | 'handoff:reassign',
      to: TransferTarget,
      { note, misrouted, override }: TransferTerms,
    ) => {
      const input = { ...fenced, to, note, ...(override ? { override: true as const } : {}) };
      const answer =
        event === 'handoff:transfer' && misrouted
          ? await client.request(event, { ...input, misrouted: true })
          : await client.request(event, input);
      return answer.ok ? null : answer.error;
    };
    const told = (refusal: Refusal | null, done: string) => {
      if (refusal === null) toast(done);
      return refusal;
    };
    return {
      mine,
      canClaim: canApply('claim', state, handoffState),
      lost: state === 'active' && !mine && handoff !== null,
      canTakeOver: canApply('takeover', state, handoffState),
      canReassign,
      canTakeFrom: canReassign && state === 'active',
      joined,
      canJoin: !mine && !joined && canApply('join', state, handoffState) && may('conversation.join'),
      canPrioritise: canApply('prioritise', state, handoffState),
      greeting: handoff?.context?.greeting ?? null,
      claim: () => onClaim({ conversationId, handoffId: handoff?.id ?? null, name: customer.name }),
      takeOver: () => say(client.request('conversation:takeover', { conversationId })),
      release: () => say(client.request('handoff:release', fenced), 'Released to the queue.'),
      handBack: () =>
        say(client.request('handoff:handBack', fenced), 'The bot goes on. The customer was told.'),
      resolve: () => say(client.request('handoff:resolve', fenced), 'Resolved.', onResolved),
      transfer: async (to, terms) => {
        const refusal = await give('handoff:transfer', to, terms);
        // A colleague is asked first: that is shown where it happens.
        return to.kind === 'team' ? told(refusal, 'Transferred, with everything said so far.') : refusal;
      },
      sendForm: async (templateId) => {
        const answer = await client.request('form:send', { ...fenced, templateId });
        return told(answer.ok ? null : answer.error, 'Sent. You see it here when it comes back.');
      },
      withdrawTransfer: () => say(client.request('handoff:withdrawTransfer', fenced)),
      reassign: async (to, terms) =>
        told(await give('handoff:reassign', to, terms), 'Reassigned, with everything said so far.'),
      takeFrom: async () => {
        const ask = async (override: boolean) => {
          const refusal = await give(
            'handoff:reassign',
            { kind: 'agent', id: me?.id ?? '' },
            { note: '', override },
          );
          if (refusal === null) return;
          const anyway = { label: 'Take over anyway', run: () => void ask(true) };
          toast(refusal.message, refusal.code === 'limit' && !override ? anyway : undefined);
        };
        await ask(false);
      },
      join: () =>
        say(client.request('conversation:join', { conversationId }), 'You joined. The customer was told.'),
      leave: () =>
        say(client.request('conversation:leave', { conversationId }), 'You left. The customer was told.'),
      prioritise: (priority) =>
        handoff
          ? say(client.request('handoff:prioritise', { conversationId, handoffId: handoff.id, priority }))
          : Promise.resolve(),
    };
  }, [
    client,
    me,
    state,
    teamId,
    agentId,
    participants,
    conversationId,
    ownerEpoch,
    handoff,
    customer.name,
    toast,
    onResolved,
    onClaim,
  ]);
}

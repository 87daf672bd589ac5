'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { useToast } from '@/components/ui/toasts';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';
import type { ConversationSnapshot } from '@/lib/protocol';
import { CallbackBar } from './callback-bar';
import { Composer, type ComposerHandle } from './composer';
import { ConversationHeader } from './conversation-header';
import { FormDialog } from './form-dialog';
import { OwnerBar } from './owner-bar';
import { ScheduleDialog } from './schedule-dialog';
import { Thread } from './thread';
import { TransferBar } from './transfer-bar';
import { TransferDialog } from './transfer-dialog';
import { type ConversationActions, useConversationActions } from './use-conversation-actions';

interface Props {
  conversationId: string;
  onBack: () => void;
  onClaim: (row: { conversationId: string; handoffId: string | null; name: string }) => void;
  onResolved: () => void;
  contextIsShown: boolean;
  onContext: () => void;
}

export function ConversationPane(props: Props) {
  const snapshot = useDesk((state) => state.conversations[props.conversationId]);
  const refusal = useDesk((state) => state.refused[props.conversationId]);
  if (refusal) {
    return (
      <section className="pane" aria-label="Conversation">
        <div className="empty">
          <h2>Not to be opened</h2>
          <p>{refusal.message}</p>
        </div>
      </section>
    );
  }
  if (!snapshot) return <section className="pane" aria-label="Conversation" aria-busy="true" />;
  return <OpenConversation {...props} snapshot={snapshot} />;
}

function OpenConversation({ snapshot, ...props }: Props & { snapshot: ConversationSnapshot }) {
  const toast = useToast();
  const actions = useConversationActions(snapshot, {
    toast,
    onResolved: props.onResolved,
    onClaim: props.onClaim,
  });
  const { agentId } = snapshot.conversation;
  const ownerName = useDesk(({ desk }) => desk?.agents.find(({ id }) => id === agentId)?.name ?? null);
  const composer = useRef<ComposerHandle>(null);
  const pane = useRef<HTMLElement>(null);
  const [transferring, setTransferring] = useState(false);
  const [sendingForm, setSendingForm] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  useReadReceipt(snapshot, actions.mine);
  const canReply = actions.mine || actions.joined;
  useFocusOnClaim(canReply, composer);
  useConversationKeys(
    actions,
    composer,
    () => setTransferring(true),
    () => setSendingForm(true),
  );
  const unanswered = !snapshot.events.some(
    (event) => event.message?.author === 'agent' && event.message.kind === 'text',
  );

  return (
    <section
      className="pane conversation"
      aria-label={`Conversation with ${snapshot.customer.name}`}
      ref={pane}
    >
      <ConversationHeader
        snapshot={snapshot}
        actions={actions}
        onBack={props.onBack}
        onTransfer={() => setTransferring(true)}
        onSchedule={() => setScheduling(true)}
        contextIsShown={props.contextIsShown}
        onContext={props.onContext}
      />
      <Thread snapshot={snapshot} />
      <footer className="dock">
        <div className="composer">
          <CallbackBar snapshot={snapshot} mine={actions.mine} />
          {!actions.mine && <OwnerBar snapshot={snapshot} actions={actions} />}
          {actions.mine && snapshot.conversation.transfer && (
            <TransferBar
              transfer={snapshot.conversation.transfer}
              onWithdraw={() => void actions.withdrawTransfer()}
            />
          )}
          {snapshot.conversation.state !== 'resolved' && (
            <Composer
              ref={composer}
              conversationId={snapshot.conversation.id}
              customerName={snapshot.customer.name}
              mine={canReply}
              whispersTo={actions.canTakeFrom ? ownerName : null}
              greeting={unanswered ? (snapshot.handoff?.context?.greeting ?? null) : null}
              onForm={actions.mine ? () => setSendingForm(true) : null}
              onEscape={() => document.querySelector<HTMLElement>('.row.is-selected .row-link')?.focus()}
            />
          )}
        </div>
      </footer>
      {sendingForm && actions.mine && (
        <FormDialog
          customerName={snapshot.customer.name}
          onClose={() => setSendingForm(false)}
          onSend={actions.sendForm}
        />
      )}
      {scheduling && actions.mine && (
        <ScheduleDialog
          snapshot={snapshot}
          onClose={() => setScheduling(false)}
          onDone={() => {
            setScheduling(false);
            toast('The call is agreed. The customer was told.');
          }}
        />
      )}
      {transferring && (actions.mine || actions.canReassign) && (
        <TransferDialog
          reassigns={!actions.mine}
          agentId={snapshot.conversation.agentId}
          onClose={() => setTransferring(false)}
          onTransfer={actions.mine ? actions.transfer : actions.reassign}
        />
      )}
    </section>
  );
}

/** The owner has this on the screen and the page in front: then it is read. */
function useReadReceipt({ conversation, events }: ConversationSnapshot, mine: boolean): void {
  const client = useDeskClient();
  const lastFromVisitor =
    events.filter((event) => event.message?.author === 'visitor').at(-1)?.visibleSeq ?? 0;
  const { id, staffReadSeq } = conversation;
  useEffect(() => {
    if (!mine || lastFromVisitor <= staffReadSeq) return;
    const tell = () => {
      if (document.visibilityState !== 'visible') return;
      void client.request('conversation:read', { conversationId: id, upTo: lastFromVisitor });
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [client, id, mine, lastFromVisitor, staffReadSeq]);
}

/** Claiming puts one straight into the answer. */
function useFocusOnClaim(mine: boolean, composer: React.RefObject<ComposerHandle | null>): void {
  const was = useRef(mine);
  useEffect(() => {
    if (mine && !was.current) composer.current?.focus('reply');
    was.current = mine;
  }, [mine, composer]);
}

function useConversationKeys(
  actions: ConversationActions,
  composer: React.RefObject<ComposerHandle | null>,
  onTransfer: () => void,
  onForm: () => void,
): void {
  useShortcuts(
    useMemo(() => {
      const keys = [{ keys: 'n', run: () => composer.current?.focus('note') }];
      if (actions.canClaim || actions.lost) keys.push({ keys: 'c', run: actions.claim });
      if (actions.canTakeFrom) keys.push({ keys: 'o', run: () => void actions.takeFrom() });
      if (actions.canJoin) keys.push({ keys: 'Shift+O', run: () => void actions.join() });
      if (actions.joined) {
        keys.push({ keys: 'Shift+O', run: () => void actions.leave() });
        keys.push({ keys: 'r', run: () => composer.current?.focus('reply') });
      }
      if (actions.canReassign) keys.push({ keys: 't', run: onTransfer });
      if (actions.canTakeOver) keys.push({ keys: 'o', run: () => void actions.takeOver() });
      if (actions.canPrioritise) {
        for (const priority of [1, 2, 3, 4] as const) {
          keys.push({ keys: `p ${priority}`, run: () => void actions.prioritise(priority) });
        }
      }
      if (!actions.mine) return keys;
      return [
        ...keys,
        { keys: 'r', run: () => composer.current?.focus('reply') },
        { keys: 't', run: onTransfer },
        { keys: 'f', run: onForm },
        { keys: 'e', run: () => void actions.resolve() },
        { keys: 'b', run: () => void actions.handBack() },
        { keys: 'Shift+C', run: () => void actions.release() },
        {
          keys: 'Alt+1',
          whileTyping: true,
          run: () => actions.greeting && composer.current?.insert(actions.greeting),
        },
      ];
    }, [actions, composer, onTransfer, onForm]),
  );
}

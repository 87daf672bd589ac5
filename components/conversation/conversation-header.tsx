'use client';

import { ArrowLeft, ArrowRightLeft, Bot, Ellipsis, PanelRight } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Key } from '@/components/ui/key';
import { PriorityMark } from '@/components/ui/priority-mark';
import { SlaChip } from '@/components/ui/sla-chip';
import { PRIORITY_WORDS } from '@/components/ui/words';
import { useDesk } from '@/lib/client/hooks/use-desk';
import type { Priority } from '@/lib/domain/handoff';
import type { ConversationSnapshot } from '@/lib/protocol';
import type { ConversationActions } from './use-conversation-actions';

interface Props {
  snapshot: ConversationSnapshot;
  actions: ConversationActions;
  onBack: () => void;
  onTransfer: () => void;
  onSchedule: () => void;
  contextIsShown: boolean;
  onContext: () => void;
}

export function ConversationHeader({
  snapshot,
  actions,
  onBack,
  onTransfer,
  onSchedule,
  contextIsShown,
  onContext,
}: Props) {
  const { handoff, conversation, customer } = snapshot;
  const offset = useDesk((state) => state.clockOffset);
  const agents = useDesk((state) => state.desk?.agents);
  const owner = agents?.find((agent) => agent.id === conversation.agentId)?.name;
  return (
    <header className="pane-head">
      <button type="button" className="icon-btn back" aria-label="Back to the list" onClick={onBack}>
        <ArrowLeft className="i" />
      </button>
      <h2 className="clip" dir="auto">
        {customer.name}
      </h2>
      {handoff && actions.canPrioritise && (
        <PriorityMenu
          priority={handoff.priority}
          onChoose={(priority) => void actions.prioritise(priority)}
        />
      )}
      {actions.mine && <span className="own only-wide">With you</span>}
      {!actions.mine && conversation.state === 'active' && <span className="t3 clip">With {owner}</span>}
      {conversation.state === 'pending' && <span className="t3">Waiting</span>}
      {conversation.state === 'bot' && <span className="tag tag-ai">With the bot</span>}
      {conversation.state === 'resolved' && <span className="t3">Resolved</span>}
      {handoff && conversation.state !== 'bot' && <SlaChip clocks={handoff.sla} offset={offset} />}
      <span className="grow" />
      {actions.mine && (
        <>
          <button
            type="button"
            className="icon-btn only-wide"
            aria-label="Transfer (T)"
            title="Transfer (T)"
            onClick={onTransfer}
          >
            <ArrowRightLeft className="i" />
          </button>
          <button
            type="button"
            className="icon-btn only-wide"
            aria-label="Back to the bot (B)"
            title="Back to the bot (B)"
            onClick={() => void actions.handBack()}
          >
            <Bot className="i" />
          </button>
          <MoreMenu actions={actions} onTransfer={onTransfer} onSchedule={onSchedule} />
          <button type="button" className="btn" onClick={() => void actions.resolve()}>
            Resolve <Key>E</Key>
          </button>
        </>
      )}
      {actions.canReassign && <SuperviseMenu actions={actions} owner={owner} onReassign={onTransfer} />}
      {!contextIsShown && (
        <button
          type="button"
          className="icon-btn"
          aria-label="Show the context"
          title="Show the context (])"
          onClick={onContext}
        >
          <PanelRight className="i" />
        </button>
      )}
    </header>
  );
}

function PriorityMenu({
  priority,
  onChoose,
}: {
  priority: Priority;
  onChoose: (priority: Priority) => void;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="pri-button"
        aria-label={`Priority P${priority}, change`}
        title="Priority (P 1–4)"
      >
        <PriorityMark priority={priority} chip />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          {([1, 2, 3, 4] as const).map((each) => (
            <DropdownMenu.Item key={each} className="menu-item" onSelect={() => onChoose(each)}>
              <PriorityMark priority={each} />
              <span className="grow" aria-hidden="true">
                {PRIORITY_WORDS[each]}
              </span>
              {each === priority && <span aria-hidden="true">✓</span>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** What somebody who supervises may do with what is not theirs. */
function SuperviseMenu({
  actions,
  owner,
  onReassign,
}: {
  actions: ConversationActions;
  owner: string | undefined;
  onReassign: () => void;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-btn" aria-label="More" title="More">
        <Ellipsis className="i" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item className="menu-item" onSelect={onReassign}>
            <span className="grow">Reassign</span>
            <Key>T</Key>
          </DropdownMenu.Item>
          {(actions.canJoin || actions.joined) && (
            <DropdownMenu.Item
              className="menu-item"
              onSelect={() => void (actions.joined ? actions.leave() : actions.join())}
            >
              <span className="grow">{actions.joined ? 'Leave' : 'Join'}</span>
              <Key>⇧O</Key>
            </DropdownMenu.Item>
          )}
          {actions.canTakeFrom && (
            <DropdownMenu.Item className="menu-item" onSelect={() => void actions.takeFrom()}>
              <span className="grow">Take over from {owner ?? 'them'}</span>
              <Key>O</Key>
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MoreMenu({
  actions,
  onTransfer,
  onSchedule,
}: {
  actions: ConversationActions;
  onTransfer: () => void;
  onSchedule: () => void;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-btn" aria-label="More" title="More">
        <Ellipsis className="i" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item className="menu-item only-narrow" onSelect={onTransfer}>
            <span className="grow">Transfer</span>
            <Key>T</Key>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={onSchedule}>
            <span className="grow">Schedule a callback</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => void actions.release()}>
            <span className="grow">Release to the queue</span>
            <Key>⇧C</Key>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => void actions.handBack()}>
            <span className="grow">Back to the bot</span>
            <Key>B</Key>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

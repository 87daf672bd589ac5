import { Key } from '@/components/ui/key';
import { useDesk } from '@/lib/client/hooks/use-desk';
import type { ConversationSnapshot } from '@/lib/protocol';
import type { ConversationActions } from './use-conversation-actions';

/** Whose it is while it is not yours, and the one step that makes it yours. */
export function OwnerBar({
  snapshot,
  actions,
}: {
  snapshot: ConversationSnapshot;
  actions: ConversationActions;
}) {
  const agents = useDesk((state) => state.desk?.agents);
  const botName = useDesk((state) => state.desk?.botName ?? 'The bot');
  const { state, agentId } = snapshot.conversation;
  const owner = agents?.find((agent) => agent.id === agentId)?.name ?? 'A colleague';
  return (
    <div className="owner-bar">
      <span className="grow">
        {state === 'pending' && 'Waiting for a person. Claim it to answer.'}
        {state === 'bot' && `${botName} is answering. Take over to speak yourself.`}
        {state === 'active' && `${owner} has this conversation. ${stance(actions)}`}
        {state === 'resolved' && 'Resolved. When the customer writes again, the bot starts anew.'}
      </span>
      {actions.canClaim && (
        <button type="button" className="btn btn-primary" onClick={actions.claim}>
          Claim <Key>C</Key>
        </button>
      )}
      {actions.canJoin && (
        <button type="button" className="btn" onClick={() => void actions.join()}>
          Join <Key>⇧O</Key>
        </button>
      )}
      {actions.joined && (
        <button type="button" className="btn" onClick={() => void actions.leave()}>
          Leave <Key>⇧O</Key>
        </button>
      )}
      {actions.canTakeFrom && (
        <button type="button" className="btn" onClick={() => void actions.takeFrom()}>
          Take over <Key>O</Key>
        </button>
      )}
      {actions.canTakeOver && (
        <button type="button" className="btn btn-primary" onClick={() => void actions.takeOver()}>
          Take over <Key>O</Key>
        </button>
      )}
    </div>
  );
}

function stance({ joined, canJoin }: ConversationActions): string {
  if (joined) return 'You are in it too.';
  return canJoin ? 'Whisper a note, or join.' : 'You may add a note.';
}

import { useDesk } from '@/lib/client/hooks/use-desk';
import { useNow } from '@/lib/client/hooks/use-now';
import type { ConversationHead } from '@/lib/protocol';

/** Whom one asked to take the conversation over, and how long they have to answer; it stays with oneself meanwhile. */
export function TransferBar({
  transfer,
  onWithdraw,
}: {
  transfer: NonNullable<ConversationHead['transfer']>;
  onWithdraw: () => void;
}) {
  const agents = useDesk((state) => state.desk?.agents);
  const offset = useDesk((state) => state.clockOffset);
  const left = Math.max(0, Math.ceil((transfer.until - useNow() - offset) / 1000));
  const name = agents?.find(({ id }) => id === transfer.agentId)?.name ?? 'A colleague';
  return (
    <div className="owner-bar">
      <span className="grow" role="status">
        {name} is asked to take over. It stays with you until they accept.
      </span>
      <span className="n t3" aria-hidden="true">
        {left} s
      </span>
      <button type="button" className="btn btn-32" onClick={onWithdraw}>
        Withdraw
      </button>
    </div>
  );
}

import type { InboxView } from '@/lib/client/hooks/use-inbox-place';

const WORDS: Readonly<Record<InboxView, { title: string; text: string }>> = {
  pending: {
    title: 'Nobody is waiting',
    text: 'A handoff appears here by itself the moment a customer asks for a person.',
  },
  mine: {
    title: 'Nothing is with you',
    text: 'Claim a handoff from Pending, or step into a talk in Bot live.',
  },
  team: {
    title: 'Your team has no open conversations',
    text: 'Waiting and claimed conversations of your teams stand here.',
  },
  'at-risk': {
    title: 'No clock is at risk',
    text: 'A handoff stands here from 80 % of a target on, until it is answered or breached.',
  },
  breached: {
    title: 'No target is breached',
    text: 'Open handoffs that missed a target stand here.',
  },
  live: {
    title: 'The bot is not talking to anyone',
    text: 'Its conversations stand here while they go on. You may take over any of them.',
  },
  resolved: { title: 'Nothing resolved yet', text: 'What you settle is kept here.' },
};

export function QueueEmpty({ view, loading }: { view: InboxView; loading: boolean }) {
  if (loading) {
    return (
      <div className="skeletons" aria-hidden="true">
        {[0, 1, 2, 3].map((index) => (
          <div key={index} className="skeleton-row" />
        ))}
      </div>
    );
  }
  const { title, text } = WORDS[view];
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}

import type { TimerWrite } from '@/db/commit';

export const BOT_TURN = 'bot.turn';

export const botTurnKey = (conversationId: string) => `${BOT_TURN}:${conversationId}`;

/** The bot owes an answer. Written in the statement that stores the question, so that a crash between the two is caught up. */
export function botTurnTimer(conversationId: string, now: number): TimerWrite {
  return { key: botTurnKey(conversationId), kind: BOT_TURN, dueAt: now, when: 'withBot' };
}

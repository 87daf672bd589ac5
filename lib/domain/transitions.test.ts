import { describe, expect, it } from 'vitest';
import { CONVERSATION_STATES, type ConversationState } from './conversation';
import { HANDOFF_STATES, type HandoffState } from './handoff';
import { COMMANDS, type Command, canApply } from './transitions';

type Cell = `${ConversationState} ${HandoffState | 'none'}`;

const HANDOFFS = [...HANDOFF_STATES, 'none'] as const;
const cells = (state: ConversationState, handoffs: readonly (HandoffState | 'none')[] = HANDOFFS): Cell[] =>
  handoffs.map((handoff): Cell => `${state} ${handoff}`);

/** Written out from the requirements, not from the table: what each command may be applied to. All else is refused. */
const ALLOWED: Record<Command, Cell[]> = {
  visitorSend: [...cells('bot'), ...cells('pending'), ...cells('active')],
  botAnswer: cells('bot'),
  requestPerson: ['bot none', 'bot offered', 'bot collecting', 'bot filling', 'bot scheduled'],
  askDetails: ['bot offered'],
  accept: ['bot offered', 'bot collecting'],
  followUp: [
    'bot offered',
    'bot collecting',
    'bot pending',
    'pending offered',
    'pending collecting',
    'pending pending',
  ],
  chooseForm: ['bot offered', 'bot collecting'],
  bookCallback: [
    'bot offered',
    'bot collecting',
    'bot pending',
    'pending offered',
    'pending collecting',
    'pending pending',
  ],
  dueCallback: [...cells('bot'), ...cells('pending'), ...cells('resolved')],
  botHelp: ['pending pending'],
  chooseArticle: ['bot offered'],
  decline: ['bot offered', 'bot collecting'],
  cancel: ['pending pending'],
  ring: ['pending pending'],
  endRing: ['pending pending'],
  widen: ['pending pending'],
  claim: ['pending pending'],
  takeover: cells('bot'),
  agentSend: cells('active'),
  sendForm: cells('active'),
  join: ['active claimed'],
  leave: ['active claimed'],
  release: ['active claimed'],
  drop: ['active claimed'],
  transfer: ['active claimed'],
  reassign: ['pending pending', 'pending claimed', 'active pending', 'active claimed'],
  handBack: ['active claimed'],
  resolve: ['active claimed'],
  prioritise: ['pending pending', 'pending claimed', 'active pending', 'active claimed'],
};

describe('the transition table, every cell of it', () => {
  for (const command of COMMANDS) {
    it(command, () => {
      const allowed: Cell[] = [];
      for (const conversation of CONVERSATION_STATES) {
        for (const handoff of HANDOFFS) {
          if (canApply(command, conversation, handoff)) allowed.push(`${conversation} ${handoff}`);
        }
      }
      expect(allowed.sort()).toEqual([...ALLOWED[command]].sort());
    });
  }

  it('lets nothing but the next message of the customer and the hour of a call touch what is resolved', () => {
    for (const command of COMMANDS) {
      if (command === 'dueCallback') continue;
      for (const handoff of HANDOFFS) expect(canApply(command, 'resolved', handoff)).toBe(false);
    }
  });
});

import type { ConversationState } from './conversation';
import type { HandoffState } from './handoff';

export const COMMANDS = [
  'visitorSend',
  'botAnswer',
  'requestPerson',
  'askDetails',
  'accept',
  'followUp',
  'chooseForm',
  'bookCallback',
  'dueCallback',
  'botHelp',
  'chooseArticle',
  'decline',
  'cancel',
  'ring',
  'endRing',
  'widen',
  'claim',
  'takeover',
  'agentSend',
  'sendForm',
  'join',
  'leave',
  'release',
  'drop',
  'transfer',
  'reassign',
  'handBack',
  'resolve',
  'prioritise',
] as const;
export type Command = (typeof COMMANDS)[number];

interface Precondition {
  conversation: readonly ConversationState[];
  /** States of the newest handoff; `none` where there is no open one. Absent: any. */
  handoff?: readonly (HandoffState | 'none')[];
}

/** The one table of who may do what when. Guards in SQL are made of it, and a test walks every cell. */
export const TRANSITIONS: Readonly<Record<Command, Precondition>> = {
  visitorSend: { conversation: ['bot', 'pending', 'active'] },
  botAnswer: { conversation: ['bot'] },
  requestPerson: {
    conversation: ['bot'],
    handoff: ['none', 'offered', 'collecting', 'filling', 'scheduled'],
  },
  askDetails: { conversation: ['bot'], handoff: ['offered'] },
  accept: { conversation: ['bot'], handoff: ['offered', 'collecting'] },
  followUp: { conversation: ['bot', 'pending'], handoff: ['offered', 'collecting', 'pending'] },
  chooseForm: { conversation: ['bot'], handoff: ['offered', 'collecting'] },
  bookCallback: { conversation: ['bot', 'pending'], handoff: ['offered', 'collecting', 'pending'] },
  dueCallback: { conversation: ['bot', 'pending', 'resolved'] },
  botHelp: { conversation: ['pending'], handoff: ['pending'] },
  chooseArticle: { conversation: ['bot'], handoff: ['offered'] },
  decline: { conversation: ['bot'], handoff: ['offered', 'collecting'] },
  cancel: { conversation: ['pending'], handoff: ['pending'] },
  ring: { conversation: ['pending'], handoff: ['pending'] },
  endRing: { conversation: ['pending'], handoff: ['pending'] },
  widen: { conversation: ['pending'], handoff: ['pending'] },
  claim: { conversation: ['pending'], handoff: ['pending'] },
  takeover: { conversation: ['bot'] },
  agentSend: { conversation: ['active'] },
  sendForm: { conversation: ['active'] },
  join: { conversation: ['active'], handoff: ['claimed'] },
  leave: { conversation: ['active'], handoff: ['claimed'] },
  release: { conversation: ['active'], handoff: ['claimed'] },
  drop: { conversation: ['active'], handoff: ['claimed'] },
  transfer: { conversation: ['active'], handoff: ['claimed'] },
  reassign: { conversation: ['pending', 'active'], handoff: ['pending', 'claimed'] },
  handBack: { conversation: ['active'], handoff: ['claimed'] },
  resolve: { conversation: ['active'], handoff: ['claimed'] },
  prioritise: { conversation: ['pending', 'active'], handoff: ['pending', 'claimed'] },
};

/** Whether a command may be applied to a conversation in this state with this newest handoff. */
export function canApply(
  command: Command,
  conversation: ConversationState,
  handoff: HandoffState | 'none',
): boolean {
  const precondition = TRANSITIONS[command];
  if (!precondition.conversation.includes(conversation)) return false;
  return precondition.handoff === undefined || precondition.handoff.includes(handoff);
}

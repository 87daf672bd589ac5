import type { LoggedActor } from '@/lib/domain/actor';
import type { Conversation, ConversationEvent } from '@/lib/domain/conversation';
import type {
  CustomerView,
  HandoffView,
  MessageView,
  VisitorCallback,
  VisitorForm,
  VisitorHandoff,
} from './views';

/** An event of the log on its way to the desk, with the rows it points at, so that a client needs no second question. */
export type StaffEvent = ConversationEvent & {
  conversationId: string;
  seq: number;
  visibleSeq: number | null;
  actor: LoggedActor;
  at: number;
  message?: MessageView;
  /** The handoff as it stands, on events that touch it; what is not named stayed as it was. */
  handoff?: MovedHandoff;
};

type Bulk = 'context' | 'scoreParts' | 'sla';
export type MovedHandoff = Omit<HandoffView, Bulk> & Partial<Pick<HandoffView, Bulk>>;

/** What one commit wrote. A client whose own `seq` is not just before the first event asks for what it missed. */
export interface StaffBatch {
  conversationId: string;
  head: MovedHead;
  events: StaffEvent[];
  /** Brought along when one of the events says who the customer is. */
  customer?: CustomerView;
}

export type ConversationHead = Omit<Conversation, 'handoff'>;

/** The head as far as a commit moved it: what is not named stayed as it was. */
export type MovedHead = Pick<
  ConversationHead,
  'state' | 'ownerEpoch' | 'version' | 'seq' | 'visibleSeq' | 'teamId' | 'agentId'
> &
  Partial<ConversationHead>;

/**
 * An event as a visitor may see it, numbered by the visitor's own counter. `handoff` is the whole state after the event,
 * null when none is open.
 */
export type VisitorEvent = { seq: number; at: number } & (
  | { kind: 'started' }
  | { kind: 'message'; message: MessageView }
  | { kind: 'handoff'; change: VisitorHandoffChange; handoff: VisitorHandoff; byName: string | null }
  | { kind: 'callback'; change: VisitorCallbackChange; callback: VisitorCallback }
  | { kind: 'joined'; name: string }
  | { kind: 'left'; name: string }
  | { kind: 'formSent'; form: VisitorForm }
  | { kind: 'formSubmitted'; formId: string; name: string }
  | { kind: 'reopened' }
  | { kind: 'read'; side: 'visitor' | 'staff'; upTo: number }
);

export type VisitorHandoffChange =
  | 'offered'
  | 'declined'
  | 'detailsAsked'
  | 'formChosen'
  | 'queued'
  | 'widened'
  | 'pathChanged'
  | 'cancelled'
  | 'scheduled'
  | 'claimed'
  | 'takenOver'
  | 'released'
  | 'dropped'
  | 'transferred'
  | 'returned'
  | 'resolved';

export type VisitorCallbackChange = 'booked' | 'moved' | 'cancelled' | 'due' | 'kept' | 'missed';

/** `voice`: we ring. `video`: a meeting by link. `chat`: in the conversation itself. */
export const CALLBACK_CHANNELS = ['voice', 'video', 'chat'] as const;
export type CallbackChannel = (typeof CALLBACK_CHANNELS)[number];

/** `due`: it is time, and whoever has it is to call. `missed`: the customer did not answer, or nobody called. */
export const CALLBACK_STATES = ['booked', 'due', 'kept', 'missed', 'cancelled'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

export const REMINDER_MS = 15 * 60_000;

/** What was agreed, as the log keeps it: no number, no address. Times are epoch milliseconds. */
export type CallbackTerms = {
  callbackId: string;
  handoffId: string;
  teamId: string;
  channel: CallbackChannel;
  /** Null where no time was agreed, only within how long. */
  slot: { startAt: number; endAt: number } | null;
  /** When we are late: after the slot began, or after it was promised. */
  lateAt: number;
  /** Whose calendar it stands in; null where whoever is free calls. */
  agent: { id: string; name: string } | null;
  /** Of the customer, and of the team. */
  timeZone: string;
  teamTimeZone: string;
};

/** A callback with what is needed to make it. */
export interface Callback extends CallbackTerms {
  conversationId: string;
  state: CallbackState;
  phone: string | null;
  email: string | null;
  /** Goes up with each change that the customer's calendar must take over. */
  sequence: number;
  /** Null while nobody need be, or has not been yet. */
  remindedAt: number | null;
  createdAt: number;
}

export function isOpenCallback(state: CallbackState): boolean {
  return state === 'booked' || state === 'due';
}

/** What happens to a callback next, by itself. Without one nothing does. */
export type CallbackStep = { kind: 'remind' | 'due' | 'miss'; at: number };

/**
 * A reminder a quarter of an hour before, unless it was made or moved later than that; due as the slot begins; missed when
 * the slot has passed, and we were late, and nobody said that they called. What was promised without a time never is
 * missed by itself: somebody still owes the call.
 */
export function nextCallbackStep(
  callback: Pick<Callback, 'state' | 'slot' | 'lateAt' | 'remindedAt'>,
): CallbackStep | null {
  const { state, slot, remindedAt, lateAt } = callback;
  if (slot === null) return null;
  if (state === 'booked') {
    if (remindedAt === null) return { kind: 'remind', at: slot.startAt - REMINDER_MS };
    return { kind: 'due', at: slot.startAt };
  }
  return state === 'due' ? { kind: 'miss', at: Math.max(slot.endAt, lateAt) } : null;
}

const LONGEST_PHONE = 24;

/** A number that can be rung, as it was written but for what only parts it; null where it is none. */
export function phoneNumber(written: string): string | null {
  const text = written.trim().replace(/\s+/g, ' ');
  if (text.length > LONGEST_PHONE || !/^\+?[\d ()./-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  return digits.length >= 5 && digits.length <= 15 ? text : null;
}

/** Enough to know one's own number by, and not enough to ring it. */
export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').length;
  let seen = 0;
  return phone.replace(/\d/g, (digit) => {
    seen += 1;
    return seen <= Math.min(5, digits - 4) || seen > digits - 2 ? digit : '•';
  });
}

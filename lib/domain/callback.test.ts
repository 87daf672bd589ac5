import { describe, expect, it } from 'vitest';
import { maskedPhone, nextCallbackStep, phoneNumber } from './callback';

const slot = { startAt: 1_000_000_000, endAt: 1_000_900_000 };
const booked = { state: 'booked', slot, lateAt: slot.startAt + 300_000, remindedAt: null } as const;

describe('what happens to a callback by itself', () => {
  it('a reminder, then it is due, then it is missed', () => {
    expect(nextCallbackStep(booked)).toEqual({ kind: 'remind', at: slot.startAt - 900_000 });
    expect(nextCallbackStep({ ...booked, remindedAt: 1 })).toEqual({ kind: 'due', at: slot.startAt });
    expect(nextCallbackStep({ ...booked, state: 'due' })).toEqual({ kind: 'miss', at: slot.endAt });
    const patient = { ...booked, state: 'due', lateAt: slot.endAt + 5 } as const;
    expect(nextCallbackStep(patient)).toEqual({ kind: 'miss', at: slot.endAt + 5 });
  });

  it('nothing once it is over, nor where no time was agreed', () => {
    for (const state of ['kept', 'missed', 'cancelled'] as const)
      expect(nextCallbackStep({ ...booked, state })).toBeNull();
    expect(nextCallbackStep({ ...booked, state: 'due', slot: null })).toBeNull();
  });
});

describe('a number to ring', () => {
  it.each([
    ['+351 912 345 646', '+351 912 345 646'],
    [' (020) 7946-0018 ', '(020) 7946-0018'],
    ['12345', '12345'],
    ['+351  912', '+351 912'],
  ])('%s is one', (written, number) => expect(phoneNumber(written)).toBe(number));

  it.each(['', 'call me', '1234', '+1 2345678901234567', '12345; rm', '٠١٢٣٤٥', '12\n345678x'])(
    '%j is none',
    (written) => expect(phoneNumber(written)).toBeNull(),
  );

  it('is shown so far that its owner knows it', () => {
    expect(maskedPhone('+351 912 345 646')).toBe('+351 91• ••• •46');
    expect(maskedPhone('12345')).toBe('1••45');
  });
});

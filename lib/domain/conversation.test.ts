import { expect, it } from 'vitest';
import { changesOwner, EVENT_KINDS, isVisibleToVisitor } from './conversation';

it('shows a visitor every kind but what staff keep to themselves', () => {
  expect(EVENT_KINDS.filter((kind) => !isVisibleToVisitor(kind))).toEqual([
    'conversation.identified',
    'note.added',
    'customer.mailed',
    'turn.judged',
    'conversation.labelled',
    'team.notified',
    'form.revealed',
    'handoff.rang',
    'handoff.ringEnded',
    'handoff.askedAgain',
    'callback.reminded',
    'handoff.transferAsked',
    'handoff.prioritised',
    'sla.updated',
    'sla.marked',
  ]);
});

it('raises the epoch with every kind that gives the conversation to somebody else, and with no other', () => {
  expect(EVENT_KINDS.filter(changesOwner)).toEqual([
    'conversation.reopened',
    'handoff.queued',
    'handoff.cancelled',
    'handoff.scheduled',
    'handoff.claimed',
    'conversation.takenOver',
    'handoff.released',
    'handoff.dropped',
    'handoff.transferred',
    'handoff.reassigned',
    'handoff.returned',
    'handoff.resolved',
  ]);
});

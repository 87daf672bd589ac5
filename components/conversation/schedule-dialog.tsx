'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { clockText, otherClockText } from '@/components/ui/clock-text';
import { Dialog } from '@/components/ui/dialog';
import { CHANNEL_WORDS } from '@/components/ui/words';
import { useDeskClient } from '@/lib/client/hooks/use-desk';
import type { CallbackChannel } from '@/lib/domain/callback';
import type { Refusal } from '@/lib/domain/errors';
import type { CallbackProposal, ConversationSnapshot } from '@/lib/protocol';

type OwnSlots = CallbackProposal & { timeZone: string; phone: string; email: string };

/** An agent agrees a call: a time of their own calendar, by both clocks, and how the customer is reached. */
export function ScheduleDialog({
  snapshot,
  onClose,
  onDone,
}: {
  snapshot: ConversationSnapshot;
  onClose: () => void;
  onDone: () => void;
}) {
  const client = useDeskClient();
  const { id: conversationId, ownerEpoch } = snapshot.conversation;
  const [channel, setChannel] = useState<CallbackChannel | null>(null);
  const [after, setAfter] = useState<number | null>(null);
  const [own, setOwn] = useState<OwnSlots | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a refusal the times are read anew
  useEffect(() => {
    let current = true;
    void client.request('callback:slots', { conversationId, channel, after }).then((answer) => {
      if (!current) return;
      if (answer.ok) setOwn(answer.data);
      else setRefusal(answer.error);
    });
    return () => {
      current = false;
    };
  }, [client, conversationId, channel, after, refusal]);

  const slots = own?.slots ?? [];
  const startAt = slots.some((slot) => slot.startAt === chosen) ? chosen : (slots[0]?.startAt ?? null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (own === null || startAt === null || busy) return;
    const form = new FormData(event.currentTarget);
    const field = (name: string) => `${form.get(name) ?? ''}`.trim() || null;
    setBusy(true);
    const answer = await client.request('callback:schedule', {
      conversationId,
      ownerEpoch,
      channel: own.channel,
      startAt,
      phone: own.channel === 'voice' ? field('phone') : null,
      email: field('email'),
    });
    setBusy(false);
    if (answer.ok) onDone();
    else setRefusal(answer.error);
  }

  return (
    <Dialog title="Schedule a callback" onClose={onClose}>
      {own === null ? (
        <p className="t2" role="status">
          {refusal?.message ?? 'Looking into your calendar…'}
        </p>
      ) : (
        <form className="schedule" onSubmit={(event) => void submit(event)}>
          <fieldset className="seg">
            <legend className="sr">How</legend>
            {own.channels.map((each) => (
              <label key={each.channel}>
                <input
                  type="radio"
                  name="channel"
                  className="sr"
                  checked={own.channel === each.channel}
                  onChange={() => {
                    setAfter(null);
                    setChannel(each.channel);
                  }}
                />
                {CHANNEL_WORDS[each.channel]}, {each.minutes} min
              </label>
            ))}
          </fieldset>
          <fieldset className="schedule-slots">
            <legend className="sr">When</legend>
            {slots.map((slot) => (
              <label key={slot.startAt}>
                <input
                  type="radio"
                  name="slot"
                  checked={slot.startAt === startAt}
                  onChange={() => setChosen(slot.startAt)}
                />
                <SlotText at={slot.startAt} timeZone={own.timeZone} />
              </label>
            ))}
            {slots.length === 0 && <p className="t2">You have no free time in the days ahead.</p>}
          </fieldset>
          <p className="schedule-more">
            {slots.length > 0 && (
              <button type="button" className="lnk" onClick={() => setAfter(slots.at(-1)?.startAt ?? null)}>
                Later times
              </button>
            )}
            {after !== null && (
              <button type="button" className="lnk" onClick={() => setAfter(null)}>
                The first times
              </button>
            )}
          </p>
          {own.channel === 'voice' && (
            <label className="stack-label">
              Phone number
              <input
                className="input n"
                name="phone"
                type="tel"
                defaultValue={own.phone}
                placeholder="+44 20 7946 0018"
                required
                aria-invalid={refusal?.fields?.phone !== undefined}
              />
            </label>
          )}
          <label className="stack-label">
            E-mail for the invitation
            <input
              className="input"
              name="email"
              type="email"
              defaultValue={own.email}
              placeholder="name@example.com"
              required={own.channel !== 'voice'}
              aria-invalid={refusal?.fields?.email !== undefined}
            />
          </label>
          <p className="t3">
            The conversation rests until then, and comes back to you with all that is known.
          </p>
          {refusal !== null && (
            <p className="form-fault" role="alert">
              {refusal.message}
            </p>
          )}
          <div className="dialog-foot">
            <button type="button" className="btn btn-ghost" onClick={onClose}>
              Not now
            </button>
            <button type="submit" className="btn btn-primary" disabled={busy || startAt === null}>
              Schedule
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** By one's own clock, and by the customer's where that is another. */
function SlotText({ at, timeZone }: { at: number; timeZone: string }) {
  return (
    <>
      <span className="grow n">{clockText(at)}</span>
      <span className="t3 n">{otherClockText(at, timeZone)}</span>
    </>
  );
}

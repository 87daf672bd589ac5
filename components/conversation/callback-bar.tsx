'use client';

import { MessageCircle, Phone, Video } from 'lucide-react';
import { useState } from 'react';
import { clockText, otherClockText } from '@/components/ui/clock-text';
import { useToast } from '@/components/ui/toasts';
import { CHANNEL_WORDS } from '@/components/ui/words';
import { useDeskClient } from '@/lib/client/hooks/use-desk';
import type { Callback, CallbackChannel } from '@/lib/domain/callback';
import type { ConversationSnapshot } from '@/lib/protocol';
import { useCallback } from './use-callback';

const ICONS: Readonly<Record<CallbackChannel, typeof Phone>> = {
  voice: Phone,
  video: Video,
  chat: MessageCircle,
};

/** A call that is agreed, or due: how to reach the customer, by both clocks, and whether it took place. */
export function CallbackBar({ snapshot, mine }: { snapshot: ConversationSnapshot; mine: boolean }) {
  const client = useDeskClient();
  const toast = useToast();
  const held = useCallback(snapshot);
  const [busy, setBusy] = useState(false);
  if (held?.callback == null || !isShown(held.callback)) return null;
  const { callback, meetingUrl } = held;
  const { callbackId, channel, conversationId, state } = callback;
  const Icon = ICONS[channel];

  async function tell(event: 'callback:mark' | 'callback:cancel', kept: boolean, done: string) {
    if (busy) return;
    setBusy(true);
    const call = { conversationId, callbackId };
    const answer =
      event === 'callback:mark'
        ? await client.request(event, { ...call, kept })
        : await client.request(event, call);
    setBusy(false);
    toast(answer.ok ? done : answer.error.message);
  }

  return (
    <section className="call-bar" aria-label="Callback">
      <Icon className="i" aria-hidden="true" />
      <div className="grow">
        <b>{titleOf(callback)}</b>
        <p className="t2">{whenOf(callback)}</p>
      </div>
      <Reach callback={callback} meetingUrl={meetingUrl} />
      {state === 'booked' ? (
        <button
          type="button"
          className="btn btn-ghost"
          disabled={busy}
          onClick={() => void tell('callback:cancel', false, 'The call is cancelled. The customer was told.')}
        >
          Cancel the call
        </button>
      ) : (
        mine && (
          <>
            {state === 'due' && (
              <button
                type="button"
                className="btn"
                disabled={busy}
                onClick={() => void tell('callback:mark', false, 'Marked as missed.')}
              >
                No answer
              </button>
            )}
            <button
              type="button"
              className="btn btn-primary"
              disabled={busy}
              onClick={() => void tell('callback:mark', true, 'Marked as kept.')}
            >
              We talked
            </button>
          </>
        )
      )}
    </section>
  );
}

/** Over is over, but for one that is held to be missed because nobody said that they called. */
function isShown({ state }: Callback): boolean {
  return state === 'booked' || state === 'due' || state === 'missed';
}

function titleOf({ state, channel, agent }: Callback): string {
  const way = CHANNEL_WORDS[channel];
  if (state === 'missed') return `Callback ${way}, missed`;
  if (state === 'due') return `Call the customer ${way} now`;
  return `Callback ${way}${agent === null ? '' : ` with ${agent.name}`}`;
}

function whenOf({ slot, lateAt, timeZone }: Callback): string {
  return slot === null
    ? `Promised by ${clockText(lateAt)}`
    : [clockText(slot.startAt), otherClockText(slot.startAt, timeZone)].filter(Boolean).join(' · ');
}

/** What is pressed to reach them: the number, or the meeting; in a chat one writes below. */
function Reach({ callback, meetingUrl }: { callback: Callback; meetingUrl: string | null }) {
  const { channel, phone, email } = callback;
  if (channel === 'voice' && phone !== null) {
    return (
      <a className="lnk n" href={`tel:${phone.replace(/[^+\d]/g, '')}`} dir="ltr">
        {phone}
      </a>
    );
  }
  if (channel === 'video' && meetingUrl !== null) {
    return (
      <a className="lnk" href={meetingUrl} target="_blank" rel="noopener noreferrer">
        Open the meeting
      </a>
    );
  }
  return email === null ? null : <span className="t2 clip">{email}</span>;
}

'use client';

import { ClipboardCheck, EyeOff, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import type { EventOf } from '@/lib/domain/conversation';
import type { Refusal } from '@/lib/domain/errors';
import { allows } from '@/lib/domain/permissions';
import type { ConversationHead, RevealedAnswers } from '@/lib/protocol';

interface Props {
  conversation: ConversationHead;
  submission: EventOf<'form.submitted'>['payload'];
}

/** A form came back. What it says stands in the note below; what is sealed is opened here, and that is logged. */
export function SubmissionCard({ conversation, submission }: Props) {
  const client = useDeskClient();
  const me = useDesk((state) => state.desk?.me);
  const [opened, setOpened] = useState<RevealedAnswers['answers'] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { linkId, name, answered, sealed } = submission;
  const mayOpen = me !== undefined && allows(me, 'form.reveal', conversation);
  const shown = mayOpen ? opened : null;
  const open = async () => {
    setBusy(true);
    const answer = await client.request('form:reveal', { conversationId: conversation.id, linkId });
    setBusy(false);
    setFault(answer.ok ? null : answer.error.message);
    if (answer.ok) setOpened(answer.data.answers);
  };
  const save = async (fieldId: string, fileName: string) => {
    setBusy(true);
    setFault(await saveFile({ conversationId: conversation.id, linkId, fieldId }, fileName));
    setBusy(false);
  };
  const counted = answered === 1 ? '1 answer' : `${answered} answers`;
  return (
    <article className="submission" aria-label={`Form submitted: ${name}`}>
      <div className="submission-head">
        <ClipboardCheck className="i" aria-hidden="true" />
        <div className="grow">
          <h3>{name}</h3>
          <p className="t2">{sealed === 0 ? counted : `${counted}, ${sealed} kept sealed`}</p>
        </div>
        {sealed > 0 && mayOpen && shown === null && (
          <button type="button" className="btn" disabled={busy} onClick={() => void open()}>
            <LockKeyhole className="i" aria-hidden="true" />
            Open what is sealed
          </button>
        )}
        {shown !== null && (
          <button type="button" className="btn" onClick={() => setOpened(null)}>
            <EyeOff className="i" aria-hidden="true" />
            Hide
          </button>
        )}
      </div>
      {sealed > 0 && !mayOpen && (
        <p className="submission-why t3">Only who has this conversation, or supervises it, may open it.</p>
      )}
      {fault !== null && (
        <p className="submission-why" role="alert">
          {fault}
        </p>
      )}
      {shown !== null && (
        <dl className="submission-shown">
          {shown.map(({ id, label, value, isFile }) => (
            <div key={id}>
              <dt dir="auto">{label}</dt>
              <dd dir="auto">
                {isFile ? (
                  <button
                    type="button"
                    className="as-link"
                    disabled={busy}
                    onClick={() => void save(id, value)}
                  >
                    Save {value}
                  </button>
                ) : (
                  value
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}

const NOT_SAVED = 'The file did not come. Try again.';

/** Answers what stood in the way. */
async function saveFile(input: object, name: string): Promise<string | null> {
  try {
    const response = await fetch('/api/forms/file', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) {
      const { error }: { error?: Refusal } = await response.json();
      return error?.message ?? NOT_SAVED;
    }
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
    return null;
  } catch {
    return NOT_SAVED;
  }
}

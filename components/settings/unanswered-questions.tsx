'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { useToast } from '@/components/ui/toasts';
import type { Refusal } from '@/lib/domain/errors';
import { postSetting, readSetting } from './call';
import { SUGGESTED } from './suggested';
import { When } from './when';

interface Group {
  questions: { text: string; conversationId: string; at: number }[];
  conversations: number;
  near: { id: string; title: string }[];
}
interface Unanswered {
  days: number;
  groups: Group[];
}

/** A handful says what an article is for. */
const MOST_ADDED = 8;
const MOST_SHOWN = 4;

/** What customers asked and nobody has written: one press from an article. */
export function UnansweredQuestions({ onAdded }: { onAdded: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const [told, setTold] = useState<Unanswered | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const refresh = useCallback(async () => {
    const answer = await readSetting<Unanswered>('/api/knowledge/unanswered');
    if (answer.data) setTold(answer.data);
    setRefusal(answer.error ?? null);
  }, []);
  useEffect(() => void refresh(), [refresh]);

  async function add(group: Group, article: { id: string; title: string }) {
    setBusy(true);
    const examples = textsOf(group);
    const answer = await postSetting('/api/knowledge/examples', JSON.stringify({ id: article.id, examples }));
    setRefusal(answer.error ?? null);
    if (answer.data) {
      setTold((held) => held && { ...held, groups: held.groups.filter((each) => each !== group) });
      toast(`Added to “${article.title}”. The bot learns from it now.`);
      onAdded();
    }
    setBusy(false);
  }
  function begin(group: Group) {
    window.sessionStorage.setItem(SUGGESTED, JSON.stringify(textsOf(group)));
    router.push('/settings/knowledge/new');
  }

  if (told === null) {
    return refusal === null ? (
      <p className="sub know-empty" role="status">
        Asking the bot again what it could not answer…
      </p>
    ) : (
      <p className="form-fault">{refusal.message}</p>
    );
  }
  return (
    <>
      {refusal !== null && <p className="form-fault">{refusal.message}</p>}
      <p className="sub">
        {told.groups.length === 0
          ? `Of the last ${told.days} days there is no question that the bot could not answer today.`
          : `Asked in the last ${told.days} days, and still without an answer today.`}
      </p>
      <ul className="know-asked">
        {told.groups.map((group) => (
          <li key={group.questions[0]?.text}>
            <ul>
              {group.questions.slice(0, MOST_SHOWN).map(({ text, conversationId, at }) => (
                <li key={text}>
                  <Link href={`/inbox/resolved/${conversationId}`} dir="auto">
                    {text}
                  </Link>{' '}
                  <span className="t3">
                    <When at={at} />
                  </span>
                </li>
              ))}
            </ul>
            <p className="t3">
              {group.conversations === 1 ? 'In 1 conversation' : `In ${group.conversations} conversations`}
              {group.questions.length > MOST_SHOWN &&
                `, ${group.questions.length - MOST_SHOWN} more wordings`}
            </p>
            <div className="know-ways">
              <button type="button" className="btn btn-24" disabled={busy} onClick={() => begin(group)}>
                New article
              </button>
              {group.near.map((article) => (
                <button
                  key={article.id}
                  type="button"
                  className="btn btn-24"
                  disabled={busy}
                  onClick={() => void add(group, article)}
                >
                  Add to “{article.title}”
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function textsOf({ questions }: Group): string[] {
  return questions.slice(0, MOST_ADDED).map(({ text }) => text);
}

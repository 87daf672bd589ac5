import type { Signal } from '@/lib/domain/signal';
import { type Dialogue, evidenceAt } from './dialogue';
import { type Clause, clausesOf, isRelated, joined, leansBack, type Subject, subjectOf } from './subject';

/** How many questions on different topics the newest message asks; several about one thing are one. */
export function detectMultiQuestion(dialogue: Dialogue, threshold: number): Signal {
  const { newest, book } = dialogue;
  const opened: { clause: Clause; subject: Subject }[] = [];
  let before: Subject | null = null;
  for (const clause of clausesOf(newest.folded, book)) {
    const subject = subjectOf(clause.text, book);
    const isNew =
      subject.stems.size > 0 &&
      (before === null || !(leansBack(book.fold(clause.text), book) || isRelated(subject, before)));
    if (clause.asks && isNew) opened.push({ clause, subject });
    before = before === null ? subject : joined(before, subject);
  }
  const fired = opened.length >= threshold;
  return {
    name: 'multi_question',
    value: opened.length,
    threshold,
    fired,
    evidence: fired
      ? opened.map(({ clause }) => evidenceAt(newest, newest.folded.spanOf(clause.from, clause.to)))
      : [],
  };
}

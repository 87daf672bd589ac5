'use client';

import { Archive, ArchiveRestore, ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Markdown } from '@/components/ui/markdown';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';
import { ARTICLE_LIMITS, type ArticleText, changedParts, cleanExamples } from '@/lib/domain/article';
import type { Refusal } from '@/lib/domain/errors';
import { type ArticleState, ArticleVersions, type VersionLine } from './article-versions';
import { type Answer, postSetting, readSetting } from './call';
import { SettingsFoot } from './settings-foot';
import { takeSuggested } from './suggested';
import { TryQuestion } from './try-question';

const EMPTY: ArticleText = { title: '', category: '', body: '', examples: [] };
const ENDPOINT = '/api/knowledge';

interface Opened {
  article: ArticleState;
  versions: VersionLine[];
}

/** What the bot says, and to which questions. Beside it how that reads, what the bot makes of it, and what it was before. */
export function ArticleEditor({
  initial,
  categories,
  mayChange,
}: {
  /** Null: a new one is written. */
  initial: Opened | null;
  categories: string[];
  mayChange: boolean;
}) {
  const router = useRouter();
  const [opened, setOpened] = useState(initial);
  const saved = opened?.article ?? null;
  const [written, setWritten] = useState<Partial<Record<keyof ArticleText, string>>>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const before = saved ?? EMPTY;
  const shown = {
    title: written.title ?? before.title,
    category: written.category ?? before.category,
    body: written.body ?? before.body,
    examples: written.examples ?? before.examples.join('\n'),
  };
  const draft: ArticleText = {
    title: shown.title.trim(),
    category: shown.category.trim(),
    body: shown.body.trim(),
    examples: cleanExamples(shown.examples.split('\n')),
  };
  const changes = changedParts(before, draft).length;
  const isArchived = saved?.archivedAt != null;
  const fields = refusal?.fields ?? {};

  useEffect(() => {
    const suggested = initial === null ? takeSuggested() : [];
    if (suggested.length > 0) setWritten((held) => ({ ...held, examples: suggested.join('\n') }));
  }, [initial]);
  useEffect(() => {
    if (changes === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changes]);

  function write(part: keyof ArticleText, text: string) {
    setRefusal(null);
    setNote(null);
    setWritten((held) => ({ ...held, [part]: text }));
  }
  function undo() {
    setWritten({});
    setRefusal(null);
  }
  async function refresh(id: string) {
    const read = await readSetting<Opened>(`${ENDPOINT}/article?id=${encodeURIComponent(id)}`);
    if (read.data) setOpened(read.data);
  }
  /** After a conflict what was written stays, now against what is saved. */
  async function send(url: string, input: object, done: string): Promise<Answer<ArticleState>> {
    setBusy(true);
    const answer = await postSetting<ArticleState>(url, JSON.stringify(input));
    if (saved !== null && (answer.data || answer.error?.code === 'conflict')) await refresh(saved.id);
    // Told only once it can be saved again: a key pressed at the words must not be lost.
    setRefusal(answer.error ?? null);
    setNote(answer.data ? done : null);
    setBusy(false);
    return answer;
  }
  async function save() {
    if (busy || changes === 0 || !mayChange) return;
    if (saved === null) {
      const made = await send(ENDPOINT, draft, 'Saved.');
      if (made.data) router.replace(`/settings/knowledge/${made.data.id}`);
      return;
    }
    const input = { id: saved.id, version: saved.version, ...draft };
    const answer = await send(`${ENDPOINT}/article`, input, 'Saved. The bot goes by it from now on.');
    if (answer.data) setWritten({});
  }
  async function archive(archived: boolean) {
    if (saved === null) return;
    const done = archived
      ? 'Archived. The bot does not use it any more.'
      : 'Restored. The bot uses it again.';
    await send(`${ENDPOINT}/archive`, { id: saved.id, version: saved.version, archived }, done);
  }
  useShortcuts([
    { keys: 'Mod+s', run: () => void save(), whileTyping: true },
    { keys: 'Mod+Enter', run: () => void save(), whileTyping: true },
  ]);

  return (
    <div className="know">
      <div className="pane">
        <div className="scroll" tabIndex={-1}>
          <div className="set-body">
            <header className="know-head">
              <div className="grow">
                <Link className="know-back" href="/settings/knowledge">
                  <ChevronLeft className="i" aria-hidden="true" />
                  Knowledge
                </Link>
                <h1 className="title" dir="auto">
                  {saved?.title ?? 'New article'}
                </h1>
                <p className="sub">
                  {saved === null ? 'The bot uses it as soon as it is saved.' : saved.id}
                  {isArchived && <span className="tag know-archived">Archived</span>}
                </p>
              </div>
              {mayChange && saved !== null && (
                <button
                  type="button"
                  className="btn btn-32"
                  disabled={busy || changes > 0}
                  title={changes > 0 ? 'Save or undo your changes first' : undefined}
                  onClick={() => void archive(!isArchived)}
                >
                  {isArchived ? (
                    <ArchiveRestore className="i" aria-hidden="true" />
                  ) : (
                    <Archive className="i" aria-hidden="true" />
                  )}
                  {isArchived ? 'Restore' : 'Archive'}
                </button>
              )}
            </header>
            <div className="know-form stack">
              <ArticleField name="Title" fault={fields.title}>
                <input
                  className="input"
                  dir="auto"
                  value={shown.title}
                  maxLength={ARTICLE_LIMITS.title}
                  readOnly={!mayChange}
                  aria-invalid={fields.title !== undefined}
                  onChange={(event) => write('title', event.target.value)}
                />
              </ArticleField>
              <ArticleField
                name="Category"
                hint="Articles of one category are one topic, and a topic can have a team."
                fault={fields.category}
              >
                <input
                  className="input"
                  dir="auto"
                  list="categories"
                  value={shown.category}
                  maxLength={ARTICLE_LIMITS.category}
                  readOnly={!mayChange}
                  onChange={(event) => write('category', event.target.value)}
                />
              </ArticleField>
              <datalist id="categories">
                {categories.filter(Boolean).map((category) => (
                  <option key={category} value={category} />
                ))}
              </datalist>
              <ArticleField
                name="Answer"
                hint="Markdown. The bot quotes the paragraph that answers best: let each stand by itself."
                fault={fields.body}
              >
                <textarea
                  className="input area know-text"
                  dir="auto"
                  rows={14}
                  value={shown.body}
                  maxLength={ARTICLE_LIMITS.body}
                  readOnly={!mayChange}
                  aria-invalid={fields.body !== undefined}
                  onChange={(event) => write('body', event.target.value)}
                />
              </ArticleField>
              <ArticleField
                name="Example questions"
                hint={`One a line, in customers' words: ${draft.examples.length} so far. Three or more make the confidence sharper.`}
                fault={fields.examples}
              >
                <textarea
                  className="input area"
                  dir="auto"
                  rows={7}
                  value={shown.examples}
                  readOnly={!mayChange}
                  aria-invalid={fields.examples !== undefined}
                  onChange={(event) => write('examples', event.target.value)}
                />
              </ArticleField>
            </div>
            {!mayChange && <p className="sub">Admins change these.</p>}
          </div>
        </div>
        {mayChange && (
          <SettingsFoot
            changes={changes}
            refusal={refusal}
            note={note}
            saveLabel={saved === null ? 'Create' : 'Save'}
            busy={busy}
            maySave={draft.title !== '' && draft.body !== ''}
            onUndo={undo}
            onSave={() => void save()}
          >
            {changes > 0 &&
              (draft.title === '' || draft.body === '') &&
              'An article has a title and an answer.'}
          </SettingsFoot>
        )}
      </div>
      <aside className="know-aside" aria-label="Beside the article">
        <section className="know-preview" aria-labelledby="preview-title">
          <h2 id="preview-title">Preview</h2>
          {draft.body === '' ? (
            <p className="t3">What you write stands here as it reads.</p>
          ) : (
            <>
              <p className="know-preview-title" dir="auto">
                {draft.title}
              </p>
              <div dir="auto">
                <Markdown text={draft.body} />
              </div>
            </>
          )}
        </section>
        <TryQuestion version={saved?.version ?? 0} />
        {opened !== null && (
          <ArticleVersions
            article={opened.article}
            versions={opened.versions}
            onTake={
              mayChange
                ? ({ title, category, body, examples }) => {
                    setWritten({ title, category, body, examples: examples.join('\n') });
                    setNote(null);
                  }
                : null
            }
          />
        )}
      </aside>
    </div>
  );
}

function ArticleField({
  name,
  hint,
  fault,
  children,
}: {
  name: string;
  hint?: string;
  fault: string | undefined;
  children: React.ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is handed in
    <label>
      <span>{name}</span>
      {children}
      {hint !== undefined && <span className="t3 know-hint">{hint}</span>}
      {fault !== undefined && <span className="form-fault">{fault}</span>}
    </label>
  );
}

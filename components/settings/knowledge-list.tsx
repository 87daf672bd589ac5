'use client';

import { Plus, Search, Upload } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';
import type { Refusal } from '@/lib/domain/errors';
import { readSetting } from './call';
import { ImportArticles } from './import-articles';
import { TryQuestion } from './try-question';
import { UnansweredQuestions } from './unanswered-questions';
import { When } from './when';

interface Row {
  id: string;
  title: string;
  category: string;
  examples: number;
  version: number;
  updatedAt: number;
  changedBy: string | null;
}

const PAUSE_MS = 150;
const VIEWS = { use: 'In use', archived: 'Archived', unanswered: 'Unanswered' } as const;
type View = keyof typeof VIEWS;

/** All that the bot answers from, and a question to try it with. */
export function KnowledgeList({ initial, mayChange }: { initial: Row[]; mayChange: boolean }) {
  const router = useRouter();
  const search = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [view, setView] = useState<View>('use');
  const archived = view === 'archived';
  const [rows, setRows] = useState(initial);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [importing, setImporting] = useState(false);
  /** Grows when articles were taken over. */
  const [version, setVersion] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an import makes another list of the same words
  useEffect(() => {
    let stopped = false;
    const query = new URLSearchParams({ archived: String(archived), search: words });
    const asking = setTimeout(async () => {
      const answer = await readSetting<Row[]>(`/api/knowledge?${query}`);
      if (stopped) return;
      if (answer.data) setRows(answer.data);
      setRefusal(answer.error ?? null);
    }, PAUSE_MS);
    return () => {
      stopped = true;
      clearTimeout(asking);
    };
  }, [words, archived, version]);
  useShortcuts([
    { keys: '/', run: () => search.current?.focus() },
    ...(mayChange ? [{ keys: 'n', run: () => router.push('/settings/knowledge/new') }] : []),
  ]);

  return (
    <div className="know">
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <header className="know-head">
            <div className="grow">
              <h1 className="title">Knowledge</h1>
              <p className="sub">The bot answers from these articles, and says which one it used.</p>
            </div>
            {mayChange && (
              <>
                <button type="button" className="btn btn-32" onClick={() => setImporting(true)}>
                  <Upload className="i" aria-hidden="true" />
                  Import
                </button>
                <Link className="btn btn-32 btn-primary" href="/settings/knowledge/new">
                  <Plus className="i" aria-hidden="true" />
                  New article
                </Link>
              </>
            )}
          </header>
          <div className="know-tools">
            <label className="input grow know-search">
              <Search className="i" aria-hidden="true" />
              <span className="sr">Search the articles</span>
              <input
                ref={search}
                type="search"
                value={words}
                placeholder="Search titles, texts and questions"
                onChange={(event) => {
                  setWords(event.target.value);
                  if (view === 'unanswered') setView('use');
                }}
              />
              <kbd className="bare">/</kbd>
            </label>
            <fieldset className="seg picker" aria-label="Which articles">
              {(Object.keys(VIEWS) as View[])
                .filter((each) => mayChange || each !== 'unanswered')
                .map((each) => (
                  <label key={each}>
                    <input
                      className="sr"
                      type="radio"
                      name="view"
                      checked={view === each}
                      onChange={() => setView(each)}
                    />
                    {VIEWS[each]}
                  </label>
                ))}
            </fieldset>
          </div>
          {view === 'unanswered' ? (
            <UnansweredQuestions onAdded={() => setVersion((before) => before + 1)} />
          ) : (
            <ArticleRows rows={rows} refusal={refusal}>
              <Empty words={words} archived={archived} onClear={() => setWords('')} />
            </ArticleRows>
          )}
        </div>
      </div>
      <aside className="know-aside" aria-label="Try it">
        <TryQuestion version={version} />
      </aside>
      {importing && (
        <ImportArticles
          onClose={() => setImporting(false)}
          onDone={() => setVersion((before) => before + 1)}
        />
      )}
    </div>
  );
}

function ArticleRows({
  rows,
  refusal,
  children,
}: {
  rows: Row[];
  refusal: Refusal | null;
  children: ReactNode;
}) {
  return (
    <>
      {refusal !== null && <p className="form-fault">{refusal.message}</p>}
      <p className="sr" role="status">
        {rows.length === 1 ? '1 article' : `${rows.length} articles`}
      </p>
      <ul className="know-rows">
        {rows.map((row) => (
          <li key={row.id}>
            <Link href={`/settings/knowledge/${row.id}`}>
              <b dir="auto">{row.title}</b>
              {row.category !== '' && <span className="tag">{row.category}</span>}
              <span className="t3 know-facts">
                {row.examples === 1 ? '1 question' : `${row.examples} questions`} ·{' '}
                {row.changedBy ?? 'Shipped'}, <When at={row.updatedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {rows.length === 0 && children}
    </>
  );
}

function Empty({ words, archived, onClear }: { words: string; archived: boolean; onClear: () => void }) {
  if (words.trim() !== '') {
    return (
      <p className="sub know-empty">
        No {archived ? 'archived article' : 'article'} has all of these words.{' '}
        <button type="button" className="as-link" onClick={onClear}>
          Clear the search
        </button>
      </p>
    );
  }
  return (
    <p className="sub know-empty">
      {archived
        ? 'Nothing is archived.'
        : 'There are no articles yet: the bot offers a person at every question. Write the first, or import a folder.'}
    </p>
  );
}

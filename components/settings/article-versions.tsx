'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { ARTICLE_PARTS, type ArticleText } from '@/lib/domain/article';
import { diffWords } from '@/lib/domain/word-diff';
import { readSetting } from './call';
import { When } from './when';

export interface ArticleState extends ArticleText {
  id: string;
  version: number;
  updatedAt: number;
  archivedAt: number | null;
  changedBy: string | null;
}

export interface VersionLine {
  version: number;
  updatedAt: number;
  changedBy: string | null;
  archived: boolean;
}

const NAMES: Readonly<Record<keyof ArticleText, string>> = {
  title: 'Title',
  category: 'Category',
  body: 'Answer',
  examples: 'Example questions',
};

/** When an article was what. One of them is shown against what is saved now, and can be taken up again. */
export function ArticleVersions({
  article,
  versions,
  onTake,
}: {
  article: ArticleState;
  versions: VersionLine[];
  onTake: ((version: ArticleState) => void) | null;
}) {
  const [shown, setShown] = useState<ArticleState | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  async function open(version: number) {
    const query = new URLSearchParams({ id: article.id, version: `${version}` });
    const answer = await readSetting<ArticleState>(`/api/knowledge/version?${query}`);
    setFault(answer.error?.message ?? null);
    if (answer.data) setShown(answer.data);
  }
  return (
    <section className="know-versions" aria-labelledby="versions-title">
      <h2 id="versions-title">Versions</h2>
      {fault !== null && <p className="form-fault">{fault}</p>}
      <ol>
        {versions.map(({ version, updatedAt, changedBy, archived }) => (
          <li key={version}>
            <span className="n t3">{version}</span>
            <span className="grow">
              {changedBy ?? 'Shipped'}
              <span className="t3">
                {' '}
                <When at={updatedAt} />
                {archived && ', archived'}
              </span>
            </span>
            {version === article.version ? (
              <span className="t3">Now</span>
            ) : (
              <button
                type="button"
                className="btn btn-24"
                aria-label={`Compare version ${version}`}
                onClick={() => void open(version)}
              >
                Compare
              </button>
            )}
          </li>
        ))}
      </ol>
      {shown !== null && (
        <Dialog
          title={`Version ${shown.version} against version ${article.version}`}
          onClose={() => setShown(null)}
          width={720}
        >
          <div className="know-diff">
            {ARTICLE_PARTS.map((part) => (
              <PartDiff
                key={part}
                name={NAMES[part]}
                before={textOf(shown, part)}
                after={textOf(article, part)}
              />
            ))}
          </div>
          <div className="dialog-foot">
            <button type="button" className="btn btn-32 btn-ghost" onClick={() => setShown(null)}>
              Close
            </button>
            {onTake !== null && (
              <button
                type="button"
                className="btn btn-32 btn-primary"
                onClick={() => {
                  onTake(shown);
                  setShown(null);
                }}
              >
                Write this again
              </button>
            )}
          </div>
        </Dialog>
      )}
    </section>
  );
}

function textOf(article: ArticleText, part: keyof ArticleText): string {
  return part === 'examples' ? article.examples.join('\n') : article[part];
}

function PartDiff({ name, before, after }: { name: string; before: string; after: string }) {
  if (before === after) return null;
  const parts = diffWords(before, after).map((part, place) => ({ ...part, key: `${place}` }));
  return (
    <section>
      <h3>{name}</h3>
      <p dir="auto">
        {parts.map(({ key, kind, text }) =>
          kind === 'same' ? (
            text
          ) : kind === 'added' ? (
            <ins key={key}>{text}</ins>
          ) : (
            <del key={key}>{text}</del>
          ),
        )}
      </p>
    </section>
  );
}

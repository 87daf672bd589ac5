'use client';

import { type ChangeEvent, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import type { Refusal } from '@/lib/domain/errors';
import { postSetting } from './call';

interface TextFile {
  name: string;
  text: string;
}
interface Imported {
  name: string;
  outcome: 'created' | 'changed' | 'unchanged' | 'refused';
  title?: string;
  parts?: string[];
  faults?: { line: number; message: string }[];
}

const OUTCOMES = ['created', 'changed', 'unchanged', 'refused'] as const;
const WORDS: Readonly<Record<Imported['outcome'], { will: string; did: string }>> = {
  created: { will: 'New', did: 'Created' },
  changed: { will: 'Changes', did: 'Changed' },
  unchanged: { will: 'Same', did: 'Unchanged' },
  refused: { will: 'Refused', did: 'Refused' },
};
const MARKDOWN = /\.(md|markdown)$/i;
/** Characters and files of one request. */
const MOST_TEXT = 150_000;
const MOST_FILES = 100;

/** Markdown files, or a folder of them: first what would become of each, then the import. */
export function ImportArticles({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [files, setFiles] = useState<TextFile[] | null>(null);
  const [report, setReport] = useState<Imported[]>([]);
  const [isDone, setDone] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const counts = OUTCOMES.map((outcome) => ({
    outcome,
    count: report.filter((file) => file.outcome === outcome).length,
  }));
  const useful = report.filter(({ outcome }) => outcome === 'created' || outcome === 'changed').length;

  async function run(all: TextFile[], dryRun: boolean) {
    setBusy(true);
    setRefusal(null);
    const told: Imported[] = [];
    for (const part of partsOf(all)) {
      const answer = await postSetting<Imported[]>(
        '/api/knowledge/import',
        JSON.stringify({ files: part, dryRun }),
      );
      if (answer.error) {
        setRefusal(answer.error);
        break;
      }
      told.push(...answer.data);
    }
    setReport(told);
    setBusy(false);
    if (dryRun) return;
    setDone(true);
    onDone();
  }
  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const chosen = [...(event.target.files ?? [])].filter((file) => MARKDOWN.test(file.name));
    event.target.value = '';
    const read = await Promise.all(
      chosen.map(async (file) => ({ name: file.webkitRelativePath || file.name, text: await file.text() })),
    );
    setDone(false);
    setReport([]);
    setFiles(read);
    if (read.length > 0) await run(read, true);
  }

  return (
    <Dialog title="Import articles" onClose={onClose} width={640}>
      <p className="t2">
        Markdown files with a title, and the questions each answers, between two lines of <code>---</code>. A
        file whose id is known changes that article.
      </p>
      <details className="import-format">
        <summary>The format</summary>
        <pre>{EXAMPLE}</pre>
        <p className="t3">
          Without an <code>id</code> the file's name is it; without a <code>title</code> the first heading is.
        </p>
      </details>
      <div className="import-ways">
        <label className="btn btn-32">
          Choose files
          <input className="sr" type="file" accept=".md,.markdown" multiple onChange={choose} />
        </label>
        <label className="btn btn-32">
          Choose a folder
          <input
            className="sr"
            type="file"
            multiple
            ref={(input) => input?.setAttribute('webkitdirectory', '')}
            onChange={choose}
          />
        </label>
      </div>
      <div role="status">
        {refusal !== null && <p className="form-fault">{refusal.message}</p>}
        {files?.length === 0 && <p className="form-fault">There is no Markdown file (.md) among these.</p>}
        {report.length > 0 && (
          <p className="import-sum">
            {counts
              .filter(({ count }) => count > 0)
              .map(
                ({ outcome, count }) => `${count} ${WORDS[outcome][isDone ? 'did' : 'will'].toLowerCase()}`,
              )
              .join(' · ')}
          </p>
        )}
      </div>
      {report.length > 0 && (
        <ul className="import-rows">
          {report.map((file) => (
            <li key={file.name}>
              <span className="tag">{WORDS[file.outcome][isDone ? 'did' : 'will']}</span>
              <span className="import-name">
                <b dir="auto">{file.title ?? file.name}</b>
                <span className="t3">
                  {file.parts ? `${file.name}: ${file.parts.join(', ')}` : file.name}
                </span>
                {file.faults?.map(({ line, message }) => (
                  <span key={`${line}${message}`} className="form-fault">
                    Line {line}: {message}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="dialog-foot">
        <button type="button" className="btn btn-32 btn-ghost" onClick={onClose}>
          {isDone ? 'Close' : 'Cancel'}
        </button>
        {!isDone && (
          <button
            type="button"
            className="btn btn-32 btn-primary"
            disabled={busy || useful === 0}
            onClick={() => files && void run(files, false)}
          >
            {useful === 0 ? 'Import' : `Import ${useful === 1 ? '1 article' : `${useful} articles`}`}
          </button>
        )}
      </div>
    </Dialog>
  );
}

const EXAMPLE = `---
id: returns
title: Returns and refunds
category: Returns
examples:
  - Can I return a tent I have used once?
  - how do I send something back
---
You can return anything within **60 days**.`;

/** A folder goes in parts that a request can hold. */
function partsOf(files: readonly TextFile[]): TextFile[][] {
  const parts: TextFile[][] = [];
  let size = 0;
  for (const file of files) {
    const last = parts.at(-1);
    if (last === undefined || size + file.text.length > MOST_TEXT || last.length >= MOST_FILES) {
      parts.push([file]);
      size = file.text.length;
    } else {
      last.push(file);
      size += file.text.length;
    }
  }
  return parts;
}

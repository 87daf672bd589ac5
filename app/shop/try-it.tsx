'use client';

import styles from './shop.module.css';

const QUESTIONS = ['Can I return a tent I used?', 'I want a person', 'Refund my €640 tent'];

declare global {
  interface Window {
    Baton?: (command: string, ...input: unknown[]) => void;
  }
}

/** What a newcomer may try; a press asks it in the chat. */
export function TryIt() {
  return (
    <aside className={styles.tryIt} aria-label="Demo shop">
      <p>
        <b>Demo shop.</b> Ask:
      </p>
      <ul>
        {QUESTIONS.map((question) => (
          <li key={question}>
            <button type="button" onClick={() => window.Baton?.('ask', question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

import path from 'node:path';
import type { Article } from '@/lib/domain/judgement';
import { openEmbedder, USE_LITE } from './embed/embedder';
import { Thread } from './embed/thread';
import { type Packed, packed, unpacked } from './embed/vector';
import type { Learnt } from './learn';
import type { Mind } from './mind';
import type { WordRules } from './text/stems';

/** A visitor who waits longer is answered by words alone. */
const DEADLINE_MS = 1000;

export type Job =
  | { kind: 'embed'; texts: readonly string[] }
  | {
      kind: 'learn';
      articles: readonly Article[];
      words: WordRules;
      texts: readonly string[];
      vectors: Packed;
    };

/** The built worker stands beside the built server. */
const BUILT_WORKER = path.join(__dirname, 'brain-worker.js');

/** In threads of their own, so that the server answers meanwhile: one keeps the model, one lives while there is something to learn. */
export function mindInThreads(file: string = BUILT_WORKER): Mind {
  const model = new Thread(file);
  const school = new Thread(file);
  let learning = 0;
  const ask = async <Answer>(thread: Thread, job: Job) => thread.ask<Answer>(job);
  const embedder = openEmbedder(USE_LITE, async (texts) =>
    unpacked(await ask<Packed>(model, { kind: 'embed', texts })),
  );
  return {
    embedder: { ...embedder, embed: (texts) => withDeadline(embedder.embed(texts)) },
    learn: async (articles, words, { texts, vectors }) => {
      learning += 1;
      try {
        return await ask<Learnt>(school, { kind: 'learn', articles, words, texts, vectors: packed(vectors) });
      } finally {
        learning -= 1;
        // Gives back what learning took.
        if (learning === 0) await school.close();
      }
    },
    close: async () => {
      await Promise.all([model.close(), school.close()]);
    },
  };
}

function withDeadline<T>(running: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No vector within ${DEADLINE_MS} ms.`)), DEADLINE_MS);
    running.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

import { parentPort } from 'node:worker_threads';
import { loadUseLite } from './embed/use-lite';
import { packed, unpacked } from './embed/vector';
import { learn } from './learn';
import { lookUp } from './mind';
import type { Job } from './mind-in-threads';

let model: ReturnType<typeof loadUseLite> | null = null;

async function answerTo(job: Job): Promise<unknown> {
  if (job.kind === 'embed') {
    model ??= loadUseLite();
    return packed(await (await model)(job.texts));
  }
  return learn(job.articles, job.words, lookUp({ texts: job.texts, vectors: unpacked(job.vectors) }));
}

parentPort?.on('message', ({ id, job }: { id: number; job: Job }) => {
  answerTo(job).then(
    (answer) => parentPort?.postMessage({ id, answer }),
    (error: unknown) =>
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});

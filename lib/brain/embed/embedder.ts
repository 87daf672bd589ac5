import type { Vector } from './vector';

/** What turns texts into vectors of meaning. Equal texts get equal vectors, whatever stands beside them. */
export interface Embedder {
  /** Names the model and the form of its vectors: those of another name are not to be compared with these. */
  readonly model: string;
  /** For what somebody waits for: goes before all that has not begun. */
  embed(texts: readonly string[]): Promise<Vector[]>;
  /** For whole knowledge bases. */
  embedInBackground(texts: readonly string[]): Promise<Vector[]>;
}

/** Memory grows with the batch, and a question waits for the batch that is being worked on. */
const BATCH = 16;

interface Wanted {
  text: string;
  resolve(vector: Vector): void;
  reject(error: unknown): void;
}

/** An embedder over a model that takes one small batch at a time; questions overtake the knowledge base between two. */
export function openEmbedder(model: string, run: (texts: readonly string[]) => Promise<Vector[]>): Embedder {
  const urgent: Wanted[] = [];
  const background: Wanted[] = [];
  let isRunning = false;

  const pump = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (urgent.length + background.length > 0) {
      const batch = (urgent.length > 0 ? urgent : background).splice(0, BATCH);
      try {
        const vectors = await run(batch.map(({ text }) => text));
        for (const [place, wanted] of batch.entries()) {
          const vector = vectors[place];
          if (vector === undefined)
            wanted.reject(new Error('The model answered for fewer texts than it was given.'));
          else wanted.resolve(vector);
        }
      } catch (error) {
        for (const wanted of batch) wanted.reject(error);
      }
    }
    isRunning = false;
  };
  const want = (lane: Wanted[]) => (texts: readonly string[]) => {
    const answers = texts.map(
      (text) => new Promise<Vector>((resolve, reject) => lane.push({ text, resolve, reject })),
    );
    void pump();
    return Promise.all(answers);
  };
  return { model, embed: want(urgent), embedInBackground: want(background) };
}

/** A change of the model, or of how its vectors are kept, gets another name, and all are made anew. */
export const USE_LITE = 'use-lite-1/int8';

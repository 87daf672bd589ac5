import { similarity } from './detect/similarity';
import { dot, unit, type Vector } from './embed/vector';
import { contentStems, type WordRules } from './text/stems';

/** By words and meaning together, or by words alone, two questions ask much the same from here on. */
const ALIKE = 0.5;

/** For each question the place of the first one that asks much the same, or its own. */
export function likenesses(
  questions: readonly string[],
  vectors: ReadonlyMap<string, Vector>,
  words: WordRules,
): number[] {
  const read = questions.map((question) => {
    const vector = vectors.get(question);
    return {
      stems: new Set(contentStems(question, words)),
      vector: vector === undefined || vector.length === 0 ? null : unit(vector),
    };
  });
  const firsts: number[] = [];
  return read.map((one, place) => {
    const first = firsts.find((earlier) => likeness(one, read[earlier]) >= ALIKE);
    if (first === undefined) firsts.push(place);
    return first ?? place;
  });
}

interface ReadQuestion {
  stems: ReadonlySet<string>;
  vector: Float64Array | null;
}

function likeness(a: ReadQuestion, b: ReadQuestion | undefined): number {
  if (b === undefined) return 0;
  const byWords = similarity(a.stems, b.stems);
  const { vector } = a;
  if (vector === null || b.vector === null) return byWords;
  return (byWords + dot(vector, b.vector)) / 2;
}

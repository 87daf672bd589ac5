/** For each term the documents that hold it, in rising order, and how often. Columns of one flat table. */
export interface Postings {
  /** Rows of a term are those from `starts[term]` up to `starts[term + 1]`. */
  readonly starts: Int32Array;
  readonly documents: Int32Array;
  readonly counts: Uint8Array;
}

/** Collects the terms of documents one after the other and turns them into postings. */
export class PostingsBuilder {
  private readonly terms: number[] = [];
  private readonly documents: number[] = [];
  private readonly counts: number[] = [];

  add(document: number, counts: ReadonlyMap<number, number>): void {
    for (const [term, count] of counts) {
      this.terms.push(term);
      this.documents.push(document);
      this.counts.push(Math.min(count, 255));
    }
  }

  build(termCount: number): Postings {
    const starts = new Int32Array(termCount + 1);
    for (const term of this.terms) starts[term + 1] = at(starts, term + 1) + 1;
    for (let term = 0; term < termCount; term++) starts[term + 1] = at(starts, term + 1) + at(starts, term);
    const next = starts.slice();
    const documents = new Int32Array(this.terms.length);
    const counts = new Uint8Array(this.terms.length);
    for (let row = 0; row < this.terms.length; row++) {
      const term = this.terms[row] ?? 0;
      const slot = at(next, term);
      next[term] = slot + 1;
      documents[slot] = this.documents[row] ?? 0;
      counts[slot] = this.counts[row] ?? 0;
    }
    return { starts, documents, counts };
  }
}

/** How often a document holds a term, by binary search. */
export function countIn(postings: Postings, term: number, document: number): number {
  let low = at(postings.starts, term);
  let high = at(postings.starts, term + 1) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const seen = at(postings.documents, middle);
    if (seen === document) return at(postings.counts, middle);
    if (seen < document) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** Reads a number column; outside of it there is nothing, which counts as zero. */
export function at(column: { readonly [index: number]: number }, index: number): number {
  return column[index] ?? 0;
}

/** One judged question: how sure the brain was of its article, and whether it was right. */
export interface Judged {
  /** 0..1; 0 where nothing was found. */
  confidence: number;
  isRight: boolean;
  /** False where no article answers the question. */
  isAnswerable: boolean;
}

/** One bin of the reliability diagram: in a calibrated bin the mean confidence equals the share that is right. */
export interface Bin {
  from: number;
  to: number;
  count: number;
  meanConfidence: number;
  right: number;
}

export interface Quality {
  answerable: number;
  unanswerable: number;
  /** Share of answerable questions whose article stands first, whatever the confidence. */
  topOne: number;
  /** Share of answerable questions that were answered, and rightly. */
  answeredRight: number;
  /** Share of unanswerable questions that were not answered. */
  declined: number;
  /** Share of right ones among the answers given. */
  precision: number;
  /** Mean of answered right and declined: the balanced score of HINT3. */
  balanced: number;
  aurocAnswerable: number;
  aurocRight: number;
  expectedCalibrationError: number;
  bins: Bin[];
}

const BINS = 10;

/** How good judged questions are at a threshold. A share of nothing is NaN. */
export function qualityOf(judged: readonly Judged[], threshold: number): Quality {
  const answerable = judged.filter((each) => each.isAnswerable);
  const unanswerable = judged.filter((each) => !each.isAnswerable);
  const answered = judged.filter((each) => each.confidence >= threshold);
  const answeredRight = share(answerable, (each) => each.isRight && each.confidence >= threshold);
  const declined = share(unanswerable, (each) => each.confidence < threshold);
  const bins = binsOf(judged);
  return {
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    topOne: share(answerable, (each) => each.isRight),
    answeredRight,
    declined,
    precision: share(answered, (each) => each.isRight),
    balanced: (answeredRight + declined) / 2,
    aurocAnswerable: auroc(judged, (each) => each.isAnswerable),
    aurocRight: auroc(judged, (each) => each.isRight),
    expectedCalibrationError: bins.reduce(
      (sum, bin) =>
        bin.count === 0 ? sum : sum + (bin.count / judged.length) * Math.abs(bin.meanConfidence - bin.right),
      0,
    ),
    bins,
  };
}

function binsOf(judged: readonly Judged[]): Bin[] {
  return Array.from({ length: BINS }, (_, place) => {
    const own = judged.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === place,
    );
    return {
      from: place / BINS,
      to: (place + 1) / BINS,
      count: own.length,
      meanConfidence: own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length,
      right: share(own, (each) => each.isRight),
    };
  });
}

/** The chance that one of the kind is given more confidence than one that is not; a tie counts half. */
function auroc(judged: readonly Judged[], isOfKind: (each: Judged) => boolean): number {
  const sorted = [...judged].sort((a, b) => a.confidence - b.confidence);
  let [below, tied, tiedOfKind, wins, ofKind] = [0, 0, 0, 0, 0];
  for (const [place, each] of sorted.entries()) {
    if (isOfKind(each)) tiedOfKind += 1;
    else tied += 1;
    if (sorted[place + 1]?.confidence === each.confidence) continue;
    wins += tiedOfKind * (below + tied / 2);
    ofKind += tiedOfKind;
    below += tied;
    [tied, tiedOfKind] = [0, 0];
  }
  return wins / (ofKind * below);
}

function share<T>(rows: readonly T[], holds: (row: T) => boolean): number {
  return rows.filter(holds).length / rows.length;
}

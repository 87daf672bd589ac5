import type { LogisticModel } from './logistic';

/** For a knowledge base too small to learn from, and where learning starts: the mean over bases of many sizes and kinds. */
export const SHIPPED_MODEL: LogisticModel = {
  weights: [-0.2663, 0.0364, 0.7509, -0.1103, 0.3818, 0.802, 0.7411, 0.0072, -0.8, -0.1063, 0.5256, 0.3959],
  means: [0.5575, 0.1981, 0.6896, 0.6054, 0.4902, 0.4183, 0.2922, 0.427, 0.0508, 0.5446, 1.8023],
  scales: [0.3363, 0.2381, 0.2498, 0.2973, 0.2666, 0.1872, 0.3022, 0.2603, 0.1792, 0.2048, 0.3957],
};

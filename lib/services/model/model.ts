import type { ModelAnswer, ModelRequest } from '@/lib/domain/model-settings';

/** A model that can be asked. */
export interface Model {
  /**
   * Never throws, and keeps the times that it is given. `show` hears what may be shown of its words each time that a sentence
   * is added; the answer has all of it, unless it is refused.
   */
  ask(request: ModelRequest, show: (text: string) => void): Promise<ModelAnswer>;
}

/** A process that asks none. */
export const NO_MODEL: Model = { ask: async () => ({ kind: 'failed', fault: 'blocked', text: '' }) };

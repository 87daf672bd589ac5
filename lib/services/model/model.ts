import type { ModelAnswer, ModelRequest } from '@/lib/domain/model-settings';

/** A model that can be asked. Never throws, and answers within the time that the settings give it. */
export interface Model {
  ask(request: ModelRequest): Promise<ModelAnswer>;
}

/** A process that asks none. */
export const NO_MODEL: Model = { ask: async () => ({ kind: 'failed', fault: 'blocked' }) };

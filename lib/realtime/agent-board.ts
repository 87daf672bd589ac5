import type { OwnPresence } from '@/lib/protocol';
import { readOwnPresences } from '@/lib/services/agent/read';
import type { Context } from '@/lib/services/context';

const FRAME_MS = 100;

/** Tells each agent's own tabs how it stands with them: what changed within a frame is read once, for all. */
export class AgentBoard {
  readonly #ctx: Context;
  readonly #here: { hears(agentId: string): boolean };
  readonly #tell: (agentId: string, own: OwnPresence) => void;
  readonly #touched = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    ctx: Context,
    here: { hears(agentId: string): boolean },
    tell: (agentId: string, own: OwnPresence) => void,
  ) {
    this.#ctx = ctx;
    this.#here = here;
    this.#tell = tell;
  }

  /** Status, load or capacity of these may have changed. */
  touch(agentIds: readonly (string | null | undefined)[]): void {
    for (const agentId of agentIds) if (agentId && this.#here.hears(agentId)) this.#touched.add(agentId);
    if (this.#touched.size === 0 || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flush().catch((error: unknown) =>
        this.#ctx.log.warn({ err: error }, 'agents could not be told how it stands with them'),
      );
    }, FRAME_MS);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #flush(): Promise<void> {
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const { id, own } of await readOwnPresences(this.#ctx, touched)) this.#tell(id, own);
  }
}

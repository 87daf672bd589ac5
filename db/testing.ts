import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database on the real server, for one test file or test; dropped by its owner. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const admin = postgres(inject('testServerUrl'), { max: 1, onnotice: () => {} });
  const name = `baton_test_${randomBytes(6).toString('hex')}`;
  await admin.unsafe(`create database "${name}" template "${inject('testTemplate')}"`);
  const url = new URL(inject('testServerUrl'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      try {
        await admin.unsafe(`drop database if exists "${name}" with (force)`);
      } finally {
        await admin.end({ timeout: 5 });
      }
    },
  };
}

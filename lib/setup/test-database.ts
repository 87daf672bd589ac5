import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '@/db/migrate';
import { startTestServer } from './test-server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    testServerUrl: string;
    testTemplate: string;
  }
}

/**
 * Before the first test that needs a database: a server (the one of `npm test`, else its own) and, on it, a
 * migrated database that every test copies.
 */
export default async function setUpTestDatabase(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startTestServer() : { url: given, close: async () => {} };
  const template = `baton_template_${process.pid}_${project.name}`;
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  const drop = () => admin.unsafe(`drop database if exists "${template}" with (force)`);
  const close = async () => {
    await drop().finally(() => admin.end({ timeout: 5 }));
    await server.close();
  };
  try {
    await drop();
    await admin.unsafe(`create database "${template}"`);
    const url = new URL(server.url);
    url.pathname = `/${template}`;
    await migrateDatabase(url.href);
  } catch (error) {
    await close();
    throw error;
  }
  project.provide('testServerUrl', server.url);
  project.provide('testTemplate', template);
  return close;
}

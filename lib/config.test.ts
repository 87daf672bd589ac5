import { describe, expect, it } from 'vitest';
import { readConfig } from './config';

const usable = { DATABASE_URL: 'postgres://x', BATON_SECRET: 'a'.repeat(64) };

describe('readConfig', () => {
  it('names every wrong variable at once and says what to do', () => {
    expect(() => readConfig({ PORT: 'abc' } as unknown as NodeJS.ProcessEnv)).toThrow(
      /PORT: must be a number[\s\S]*DATABASE_URL: is missing[\s\S]*BATON_SECRET: is missing/,
    );
  });

  it('makes the address from host and port unless one is given', () => {
    const env = { ...usable, PORT: '4000' } as unknown as NodeJS.ProcessEnv;
    expect(readConfig(env).baseUrl).toBe('http://127.0.0.1:4000');
    expect(readConfig({ ...env, BATON_BASE_URL: 'https://desk.example/' }).baseUrl).toBe(
      'https://desk.example',
    );
  });
});

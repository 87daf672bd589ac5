import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config';

const usable = { DATABASE_URL: 'postgres://x', BATON_SECRET: 'a'.repeat(64) };

describe('readConfig', () => {
  it('names every wrong variable at once and says what to do', () => {
    expect(() => readConfig({ PORT: 'abc' } as unknown as NodeJS.ProcessEnv)).toThrow(
      /PORT: must be a number[\s\S]*DATABASE_URL: is missing[\s\S]*BATON_SECRET: is missing/,
    );
  });

  it('reads the way out for e-mail, also from a file, and says what is missing', () => {
    const smtp = (more: Record<string, string>) =>
      readConfig({ ...usable, ...more } as unknown as NodeJS.ProcessEnv).smtp;
    const file = join(mkdtempSync(join(tmpdir(), 'baton-config-')), 'smtp');
    writeFileSync(file, 'smtps://user%40shop:p%3Aw@mail.example\n');
    const from = { name: 'Our shop', address: 'help@shop.example' };
    const MAIL_FROM = 'Our shop <help@shop.example>';
    expect(smtp({})).toBeNull();
    expect(smtp({ SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM })).toEqual({
      host: '127.0.0.1',
      port: 2525,
      secure: false,
      auth: null,
      from,
    });
    expect(smtp({ SMTP_URL_FILE: file, MAIL_FROM })).toEqual({
      host: 'mail.example',
      port: 465,
      secure: true,
      auth: { user: 'user@shop', pass: 'p:w' },
      from,
    });
    expect(() => smtp({ SMTP_URL: 'smtp://mail.example' })).toThrow(/MAIL_FROM: is missing/);
    expect(() => smtp({ SMTP_URL: 'mail.example', MAIL_FROM: 'nobody' })).toThrow(
      /SMTP_URL: must look like[\s\S]*MAIL_FROM: must be an address/,
    );
    expect(() => smtp({ SMTP_URL_FILE: '/none', MAIL_FROM })).toThrow(/SMTP_URL_FILE: \/none cannot be read/);
    expect(() => smtp({ SMTP_URL_FILE: file, SMTP_URL: 'smtp://a.example', MAIL_FROM })).toThrow(
      /given twice/,
    );
    for (const hostile of [
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      '"x" <a@b.example>',
    ])
      expect(() => smtp({ SMTP_URL: 'smtp://a.example', MAIL_FROM: hostile })).toThrow(/MAIL_FROM/);
  });

  it('makes the address from host and port unless one is given', () => {
    const env = { ...usable, PORT: '4000' } as unknown as NodeJS.ProcessEnv;
    expect(readConfig(env).baseUrl).toBe('http://127.0.0.1:4000');
    expect(readConfig({ ...env, BATON_BASE_URL: 'https://desk.example/' }).baseUrl).toBe(
      'https://desk.example',
    );
  });
});

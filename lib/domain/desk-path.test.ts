import { describe, expect, it } from 'vitest';
import { DESK_HOME, deskPath, signInPath } from './desk-path';

describe('deskPath', () => {
  it('keeps a place at the desk, with what was asked of it', () => {
    for (const path of [
      DESK_HOME,
      '/inbox/mine/0197-a',
      '/settings',
      '/reports?from=2026-11-01&zone=Europe%2FOslo',
    ])
      expect(deskPath(path)).toBe(path);
  });

  it('leaves out what the router adds for itself', () => {
    expect(deskPath('/inbox/mine/7?_rsc=1a2b3')).toBe('/inbox/mine/7');
    expect(deskPath('/reports?days=7&_rsc=1a2b3')).toBe('/reports?days=7');
  });

  it.each([
    '//evil.example',
    '//evil.example/inbox/pending',
    '/\\evil.example/inbox',
    '\\\\evil.example/inbox',
    '/\t/evil.example/inbox',
    '/\n/evil.example/inbox',
    '/inbox/..//evil.example',
    '/inbox/%2e%2e//evil.example',
    '/inbox/../..//evil.example/inbox',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '%2F%2Fevil.example',
    'https://evil.example/inbox/pending',
    'HTTPS:/evil.example/inbox',
    'javascript:alert(1)',
    ' /inbox/pending',
    'inbox/pending',
    '/inboxes',
    '/api/auth/signout',
    '/sign-out',
    '/sign-in?to=/inbox/mine',
    '/inbox/../sign-out',
    '/',
    '',
    `/inbox/${'a'.repeat(1000)}`,
  ])('takes %j for no place at the desk', (asked) => expect(deskPath(asked)).toBeNull());

  it('answers with what a browser would open, and never with another site', () => {
    expect(deskPath('/settings/../inbox/mine')).toBe('/inbox/mine');
    expect(deskPath('/inbox\\mine')).toBe('/inbox/mine');
    expect(deskPath('/inbox//evil.example')).toBe('/inbox//evil.example');
  });

  it('is nothing where nothing was asked', () => {
    expect(deskPath(null)).toBeNull();
    expect(deskPath(undefined)).toBeNull();
  });
});

describe('signInPath', () => {
  it('carries the place along, and nothing but a place', () => {
    expect(signInPath('/inbox/pending/7?a=b&c=d')).toBe('/sign-in?to=%2Finbox%2Fpending%2F7%3Fa%3Db%26c%3Dd');
    expect(signInPath('//evil.example')).toBe('/sign-in');
    expect(signInPath(DESK_HOME)).toBe('/sign-in');
    expect(signInPath(null)).toBe('/sign-in');
  });
});

import { describe, expect, test } from 'vitest';
import { widgetHtml, widgetPolicy } from './document';

const page = {
  key: 'larkfell',
  locale: 'en',
  allowedOrigins: ['https://larkfell.example', 'http://localhost:5173'],
  nonce: 'bm9uY2U=',
  host: 'baton.example:3000',
  versions: { css: 'aaa', js: 'bbb', later: 'ccc' },
};

describe('the document of the frame', () => {
  test('is framed by the widget’s own sites and ours, and by nobody else', () => {
    expect(widgetPolicy(page)).toContain(
      "frame-ancestors 'self' https://larkfell.example http://localhost:5173",
    );
    expect(widgetPolicy({ ...page, allowedOrigins: [] })).toMatch(/frame-ancestors 'self'$/);
  });

  test('what is no origin does not get into the policy or the page', () => {
    const hostile = {
      ...page,
      allowedOrigins: ['*', "https://a.example; script-src 'unsafe-inline'"],
      host: 'a b; x',
    };
    expect(widgetPolicy(hostile)).toMatch(/frame-ancestors 'self'$/);
    expect(widgetPolicy(hostile)).toContain("connect-src 'self';");
    expect(widgetHtml(hostile)).toContain('data-origins=""');
  });

  test('runs one script, by its nonce, and opens one socket', () => {
    expect(widgetPolicy(page)).toContain("script-src 'nonce-bm9uY2U='");
    expect(widgetPolicy(page)).toContain(
      "connect-src 'self' ws://baton.example:3000 wss://baton.example:3000",
    );
    expect(widgetHtml(page).match(/<script/g)).toHaveLength(1);
    expect(widgetHtml(page)).toContain('<script defer nonce="bm9uY2U=" src="/built/widget.js?v=bbb">');
  });

  test('a key is text, whatever is in it', () => {
    expect(widgetHtml({ ...page, key: '"><script>alert(1)</script>' })).not.toContain('<script>alert');
  });
});

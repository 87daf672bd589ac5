import { describe, expect, it } from 'vitest';
import { writeLetter } from './letter';
import { mailTexts } from './texts';

const letter = {
  locale: 'en',
  shopName: 'Larkfell',
  brand: '#1f5c4a',
  subject: 'Larkfell: Maya answered you',
  title: 'Maya answered you',
  quotes: [{ name: 'Maya', text: 'Your pole is on its way.\nIt arrives on Thursday.' }],
  button: { label: 'Open the conversation', url: 'https://desk.example/return/abc' },
  fine: ['You asked for this.'],
};

describe('a letter', () => {
  it('says the same as text and as HTML, link and all', () => {
    const { subject, text, html } = writeLetter(letter);
    expect(subject).toBe(letter.subject);
    expect(text).toBe(
      'Maya answered you\n\nMaya:\nYour pole is on its way.\nIt arrives on Thursday.\n\nOpen the conversation: https://desk.example/return/abc\n\n-- \nYou asked for this.',
    );
    for (const words of ['Your pole is on its way.<br>It arrives on Thursday.', 'You asked for this.']) {
      expect(html).toContain(words);
    }
    expect(html).toContain('href="https://desk.example/return/abc"');
    expect(html).toContain('background:#1f5c4a;color:#ffffff');
  });

  it('loads nothing and runs nothing', () => {
    expect(writeLetter(letter).html).not.toMatch(/<(img|script|link|iframe|form)|url\(|@import/i);
  });

  it('is words only, whatever was written', () => {
    const hostile = `"><img src=x onerror=alert(1)><a href='javascript:alert(1)'>&amp;`;
    const { html } = writeLetter({
      ...letter,
      locale: hostile,
      shopName: hostile,
      brand: `red;background:url(https://x.example)`,
      subject: hostile,
      title: hostile,
      quotes: [{ name: hostile, text: hostile }],
      body: hostile,
      button: { label: hostile, url: `https://desk.example/?"${hostile}` },
      fine: [hostile],
    });
    expect(html).not.toMatch(/<img|url\(https|href='javascript/i);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('&#38;amp;');
  });

  it('has a subject of one line, however it was written', () => {
    const { subject } = writeLetter({ ...letter, subject: 'Hello\r\nBcc: x@y.example\u0000\u2028 there' });
    expect(subject).toBe('Hello Bcc: x@y.example there');
    expect(writeLetter({ ...letter, subject: 'a'.repeat(500) }).subject).toHaveLength(150);
  });
});

it('speaks English where it knows no better, and puts values where they belong', () => {
  for (const locale of ['en', 'en-GB', 'de-CH', '', '__proto__', 'constructor']) {
    expect(mailTexts(locale)('testSubject', { shop: '{shop}' })).toBe('{shop}: a test e-mail');
  }
});

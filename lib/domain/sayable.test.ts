import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sayable } from './sayable';

describe('what may be shown of what a model writes', () => {
  it.each([
    ['You have', ''],
    ['You have sixty days.', ''],
    ['You have sixty days. Then', 'You have sixty days.'],
    ['It is 3.5 kg', ''],
    ['“Sixty days.” After', '“Sixty days.”'],
    ['First\nSecond', 'First'],
    ['六十日です。その', '六十日です。'],
  ])('of %j so far is %j', (written, text) => expect(sayable(written, false)).toEqual({ text, fault: null }));

  it('is all of it at its end, without signs that are none', () => {
    expect(sayable(' Sixty\u0000 days\u202e ', true)).toEqual({ text: 'Sixty days', fault: null });
  });

  it('is nothing where links or markup begin anywhere', () => {
    for (const bad of ['http:', 'www.', '[a](', '<img'])
      expect(sayable(`Sixty days. ${bad}`, false)).toEqual({ text: '', fault: 'markup' });
  });

  it('is the sentences that fit, where it has no end', () => {
    const sentence = 'Sixty days, also after a night outside.';
    const { text, fault } = sayable(`${sentence} `.repeat(200), true);
    expect(fault).toBe('too_long');
    expect(text.length).toBeLessThanOrEqual(1200);
    expect(text.endsWith('outside.')).toBe(true);
    expect(sayable('x'.repeat(2000), true)).toEqual({ text: '', fault: 'too_long' });
  });

  it('is never taken back but for markup, wherever the stream is cut', () => {
    const part = fc.constantFrom(
      'You',
      ' ',
      '. ',
      '.',
      '!\n',
      '”',
      '\u{1f600}',
      'www',
      ':',
      'http',
      '3',
      'x'.repeat(90),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const units = parts.join('').split('');
        const steps = units.map((_, at) => sayable(units.slice(0, at + 1).join(''), at + 1 === units.length));
        for (const [at, { text, fault }] of steps.entries()) {
          const next = steps[at + 1];
          if (next === undefined) continue;
          if (fault !== null) expect(next.fault).not.toBeNull();
          if (next.fault !== 'markup') expect(next.text.startsWith(text)).toBe(true);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Inline, readMarkdown } from './markdown';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });

describe('the Markdown of an article', () => {
  it('has headings, paragraphs, lists, quotes, code and rules', () => {
    const blocks = readMarkdown(
      '# Returns\n\nPitch it\ndry.\n\n- one\n- two\n  goes on\n\n3. third\n4. fourth\n\n> quoted\n> twice\n\n```\n# no heading\n```\n---\nend',
    );
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, children: [text('Returns')] },
      paragraph(text('Pitch it\ndry.')),
      { kind: 'list', ordered: false, start: 1, items: [[text('one')], [text('two goes on')]] },
      { kind: 'list', ordered: true, start: 3, items: [[text('third')], [text('fourth')]] },
      { kind: 'quote', children: [text('quoted\ntwice')] },
      { kind: 'code', text: '# no heading' },
      { kind: 'rule' },
      paragraph(text('end')),
    ]);
  });

  it('has emphasis, code and links in a line', () => {
    expect(
      readMarkdown('**60 days** and *dry*, _clean_, `A-1042`, [terms](https://x.example/t), 2 * 3 \\*'),
    ).toEqual([
      paragraph(
        { kind: 'strong', children: [text('60 days')] },
        text(' and '),
        { kind: 'em', children: [text('dry')] },
        text(', '),
        { kind: 'em', children: [text('clean')] },
        text(', '),
        { kind: 'code', text: 'A-1042' },
        text(', '),
        { kind: 'link', href: 'https://x.example/t', children: [text('terms')] },
        text(', 2 * 3 *'),
      ),
    ]);
    expect(readMarkdown('See https://x.example/a_b.')).toEqual([
      paragraph(
        text('See '),
        { kind: 'link', href: 'https://x.example/a_b', children: [text('https://x.example/a_b')] },
        text('.'),
      ),
    ]);
  });

  it.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:x)',
    '[a](data:text/html,x)',
    '[a](//evil.example)',
    '<b>',
  ])('leaves %s as text', (source) => {
    expect(readMarkdown(source)).toEqual([paragraph(text(source))]);
  });

  it('links nowhere but to pages and addresses, whatever is written', () => {
    const marks = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '*',
      '_',
      '`',
      'javascript:',
      'https://',
      'a',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(marks, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (source) => {
          for (const href of hrefs(readMarkdown(source))) expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
        },
      ),
    );
  });

  it('reads a long line of marks without long', () => {
    for (const mark of ['[', '*', '_a', '`', '**a', '[a](', '\\']) {
      expect(readMarkdown(mark.repeat(20_000)).length).toBeGreaterThan(0);
    }
  }, 5000);
});

function hrefs(nodes: readonly (Block | Inline)[]): string[] {
  return nodes.flatMap((node) => [
    ...(node.kind === 'link' ? [node.href] : []),
    ...('children' in node ? hrefs(node.children) : []),
    ...(node.kind === 'list' ? node.items.flatMap((item) => hrefs(item)) : []),
  ]);
}

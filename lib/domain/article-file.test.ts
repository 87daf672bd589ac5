import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articleIdFor, cleanExamples, freeArticleId } from './article';
import { readArticleFile } from './article-file';

const read = (text: string, name = 'help/My article.md') => readArticleFile(name, text);

describe('an article in a file', () => {
  it('has front matter and a body', () => {
    expect(
      read(
        '---\nid: returns\ntitle: "Returns: \\"how\\" to"\ncategory: Returns\n# a remark\nexamples:\n  - Can I return it?\n  - \'don\'\'t I pay?\'\n  - can I return it?\n---\n\n# Other heading\n\nSixty days.\n',
      ),
    ).toEqual({
      article: {
        id: 'returns',
        title: 'Returns: "how" to',
        category: 'Returns',
        body: '# Other heading\n\nSixty days.',
        examples: ['Can I return it?', "don't I pay?"],
      },
    });
  });

  it('may be plain Markdown: the heading is the title, the file name the id', () => {
    expect(read('\ufeff# Returns\r\n\r\nSixty days.\r\n---\r\nAnd more.')).toEqual({
      article: {
        id: 'my-article',
        title: 'Returns',
        category: '',
        body: 'Sixty days.\n---\nAnd more.',
        examples: [],
      },
    });
  });

  it.each([
    ['---\ntitle: A\nBody', 1, /no end/],
    ['---\ntitle: A\ntags: x\n---\nBody', 3, /no `tags`/],
    ['---\ntitle: A\ntitle: B\n---\nBody', 3, /two `title`/],
    ['---\ntitle: A\n- what?\n---\nBody', 3, /only below/],
    ['---\ntitle: A\nexamples: what?\n---\nBody', 3, /line of its own/],
    ['---\ntitle: "A\n---\nBody', 2, /quotation/],
    ['---\ntitle: A\nnonsense\n---\nBody', 3, /name: value/],
    ['---\nid: My Id\ntitle: A\n---\nBody', 2, /small letters/],
    ['---\ntitle: A\n---\n', 4, /no text/],
    ['Body alone', 1, /no title/],
    ['# A\n\u0000', 2, /no text file/],
  ])('%j is refused at its line', (text, line, message) => {
    const answer = read(text);
    if (!('faults' in answer)) throw new Error('It was read');
    expect(answer.faults).toContainEqual({ line, message: expect.stringMatching(message) });
  });

  it('is read or refused at a line that is there, whatever it holds', () => {
    const piece = fc.constantFrom(
      '---',
      'title: a',
      'examples:',
      '- q',
      '# t',
      'id: x',
      '',
      'text',
      '"',
      'a: "',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (parts) => {
        const text = parts.join('\n');
        const answer = read(text);
        if ('article' in answer) expect(answer.article.title).not.toBe('');
        else {
          const count = text.split(/\r\n?|\n/).length;
          for (const { line } of answer.faults) expect(line >= 1 && line <= count).toBe(true);
        }
      }),
    );
  });
});

describe('ids and examples', () => {
  it('are made of what was written', () => {
    expect(articleIdFor('Größe & Farbe: what’s next?')).toBe('gro-e-farbe-whats-next');
    expect(articleIdFor('質問')).toBe('article');
    expect(freeArticleId('a', new Set(['a', 'a-2']))).toBe('a-3');
    expect(cleanExamples([' a  b ', '', 'A b', 'c'])).toEqual(['a b', 'c']);
  });
});

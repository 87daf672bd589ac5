import { Fragment, type ReactNode } from 'react';
import { type Block, type Inline, readMarkdown } from '@/lib/domain/markdown';

/** An article as its readers see it: elements made of what was read, never markup that was written. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="prose">
      {keyed(readMarkdown(text), (block) => (
        <BlockView block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return block.level <= 2 ? <h3>{pieces(block.children)}</h3> : <h4>{pieces(block.children)}</h4>;
    case 'paragraph':
      return <p>{pieces(block.children)}</p>;
    case 'quote':
      return (
        <blockquote>
          <p>{pieces(block.children)}</p>
        </blockquote>
      );
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'rule':
      return <hr />;
    case 'list': {
      const items = keyed(block.items, (item) => <li>{pieces(item)}</li>);
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function pieces(all: readonly Inline[]): ReactNode {
  return keyed(all, (piece) => {
    switch (piece.kind) {
      case 'text':
        return piece.text;
      case 'code':
        return <code>{piece.text}</code>;
      case 'strong':
        return <strong>{pieces(piece.children)}</strong>;
      case 'em':
        return <em>{pieces(piece.children)}</em>;
      case 'link':
        return (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {pieces(piece.children)}
          </a>
        );
    }
  });
}

/** What is shown is made anew from the text each time, so a place is as good a key as any. */
function keyed<T>(all: readonly T[], show: (each: T) => ReactNode): ReactNode {
  return all.map((each, place) => {
    const key = `${place}`;
    return <Fragment key={key}>{show(each)}</Fragment>;
  });
}

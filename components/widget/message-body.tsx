const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,:;!?)\]'])/;

/** Plain text: blank lines part paragraphs, web addresses become links, nothing else is understood. */
export function MessageBody({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text of a message never changes
        <p key={index}>
          {paragraph.split(LINK).map((part, place) => (place % 2 ? <Link key={part} to={part} /> : part))}
        </p>
      ))}
    </>
  );
}

function Link({ to }: { to: string }) {
  return (
    <a href={to} target="_blank" rel="noopener noreferrer nofollow">
      {to}
    </a>
  );
}

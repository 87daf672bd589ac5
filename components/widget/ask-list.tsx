import { Icon } from './icon';

/** Things to ask, each one press away: their titles by their ids. */
export function AskList({
  title,
  asks,
  onAsk,
}: {
  title: string;
  asks: readonly { id: string; title: string }[];
  onAsk: (id: string) => void;
}) {
  return (
    asks[0] && (
      <section className="asks">
        <h2>{title}</h2>
        <ul>
          {asks.map((ask) => (
            <li key={ask.id}>
              <button type="button" dir="auto" onClick={() => onAsk(ask.id)}>
                {ask.title}
                <Icon name="next" size="s" flip />
              </button>
            </li>
          ))}
        </ul>
      </section>
    )
  );
}

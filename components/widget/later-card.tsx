import type { ComponentProps } from 'react';
import type { LATER_CARDS } from './later-cards';
import { useLaterCards } from './use-later-cards';

type Cards = typeof LATER_CARDS;

/** A card that stands in the file which is loaded later; nothing until it is here. */
export function LaterCard<K extends keyof Cards>({ card, ...props }: { card: K } & ComponentProps<Cards[K]>) {
  const cards = useLaterCards();
  if (!cards) return null;
  // Name and properties belong together by the type above, which the compiler cannot follow through the table.
  const Card = cards[card] as (props: unknown) => ReturnType<Cards[K]>;
  return <Card {...props} />;
}

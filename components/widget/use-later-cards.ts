import { useEffect, useState } from 'react';
import type { LATER_CARDS } from './later-cards';

const AGAIN_MS = 2000;

const held = () => (globalThis as { batonCards?: typeof LATER_CARDS }).batonCards;

/** The cards that are loaded later, once their files are here; asked for again while they do not come. */
export function useLaterCards(): typeof LATER_CARDS | undefined {
  const [cards, setCards] = useState(held);
  useEffect(() => {
    if (cards) return;
    let again = 0;
    const file = (ending: string) =>
      `/built/later.${ending}?v=${document.getElementById('baton')?.dataset.later}`;
    const load = () => {
      const own = document.querySelector<HTMLScriptElement>('script[nonce]');
      const script = Object.assign(document.createElement('script'), {
        nonce: own?.nonce,
        src: file('js'),
        onload: () => setCards(held),
        onerror: () => {
          again = window.setTimeout(load, AGAIN_MS);
        },
      });
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: file('css') });
      document.head.append(sheet, script);
    };
    load();
    return () => clearTimeout(again);
  }, [cards]);
  return cards;
}

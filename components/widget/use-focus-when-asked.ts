import { useEffect, useRef } from 'react';
import { useStore, useWidget } from './use-widget';

/** What is focused in a card that was opened by a press elsewhere. */
export function useFocusWhenAsked<T extends HTMLElement = HTMLButtonElement>() {
  const { panel } = useWidget();
  const asked = useStore(panel, (state) => state.focusOffer);
  const element = useRef<T>(null);
  useEffect(() => {
    if (!asked || element.current === null) return;
    element.current.focus({ preventScroll: true });
    element.current.closest('.card')?.scrollIntoView({ block: 'nearest' });
    panel.setState({ focusOffer: false });
  }, [asked, panel]);
  return element;
}

import { createStore, type StoreApi } from 'zustand/vanilla';

/** Which screen is shown, and whether the host shows the panel at all. */
export interface Panel {
  open: boolean;
  view: 'home' | 'chat' | null;
  /** The visitor pressed for a person: the offer takes the focus when it comes. */
  focusOffer: boolean;
}

export function createPanel(open: boolean): StoreApi<Panel> {
  return createStore(() => ({ open, view: null, focusOffer: false }));
}

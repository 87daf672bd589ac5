import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Visitor, VisitorState } from '@/lib/client/core/visitor-store';
import type { WidgetConfig } from '@/lib/protocol';
import type { Format } from './format';
import type { Panel } from './panel-state';
import type { Say } from './texts';

/** What every part of the widget works with. */
export interface Widget {
  visitor: Visitor;
  panel: StoreApi<Panel>;
  say: Say;
  format: Format;
  config: WidgetConfig | null;
  botName: string;
  /** Absent where the panel is the whole page and there is nothing to close it into. */
  close: (() => void) | null;
}

export const WidgetContext = createContext<Widget | null>(null);

export function useWidget(): Widget {
  const widget = useContext(WidgetContext);
  if (widget === null) throw new Error('Outside of the widget');
  return widget;
}

export function useStore<T, U>(store: StoreApi<T>, select: (state: T) => U): U {
  const value = select(store.getState());
  const [, setShown] = useState(value);
  const latest = useRef(select);
  latest.current = select;
  useEffect(() => {
    const show = () => setShown(() => latest.current(store.getState()));
    show();
    return store.subscribe(show);
  }, [store]);
  return value;
}

export function useVisitor<U>(select: (state: VisitorState) => U): U {
  return useStore(useWidget().visitor.store, select);
}

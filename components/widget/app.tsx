import { useEffect, useMemo, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Visitor } from '@/lib/client/core/visitor-store';
import { Announcer } from './announcer';
import { Banner } from './banner';
import { Composer } from './composer';
import { formatFor } from './format';
import { Header } from './header';
import { Home } from './home';
import type { Panel } from './panel-state';
import { sayWith } from './texts';
import { Transcript } from './transcript';
import { useStore, useVisitor, useWidget, type Widget, WidgetContext } from './use-widget';

interface AppProps {
  visitor: Visitor;
  panel: StoreApi<Panel>;
  close: (() => void) | null;
}

export function App({ visitor, panel, close }: AppProps) {
  const config = useStore(visitor.store, (state) => state.session?.widget ?? null);
  const widget = useMemo<Widget>(() => {
    const say = sayWith(config?.texts ?? {});
    const format = formatFor(config?.locale ?? navigator.language, say);
    return { visitor, panel, say, format, config, botName: config?.botName ?? '', close };
  }, [visitor, panel, config, close]);
  return (
    <WidgetContext.Provider value={widget}>
      <PanelScreen />
    </WidgetContext.Provider>
  );
}

function PanelScreen() {
  const { visitor, panel, close, config, say } = useWidget();
  const chosen = useStore(panel, (state) => state.view);
  const open = useStore(panel, (state) => state.open);
  const conversation = useVisitor((state) => state.conversation);
  const handoff = conversation?.handoff ?? null;
  const running = conversation !== null && conversation.state !== 'resolved';
  const view = chosen ?? (running ? 'chat' : 'home');
  const toChat = () => panel.setState({ view: 'chat' });

  useEffect(() => {
    if (config !== null) document.title = say('title', { shop: config.shopName });
  }, [config, say]);
  useEffect(() => {
    if (!open || view !== 'chat') return;
    const read = () => {
      if (document.visibilityState === 'visible') visitor.markRead();
    };
    read();
    document.addEventListener('visibilitychange', read);
    const unsubscribe = visitor.store.subscribe(read);
    return () => {
      document.removeEventListener('visibilitychange', read);
      unsubscribe();
    };
  }, [open, view, visitor]);
  useFocusAfter(`${view} ${handoff?.state}`, open);

  const askForPerson = () => {
    panel.setState({ view: 'chat', focusOffer: handoff?.state !== 'pending' });
    if (handoff === null) visitor.requestPerson();
    document.getElementById('queue-title')?.scrollIntoView({ block: 'center' });
  };

  return (
    <main
      className={view === 'home' && config !== null ? 'panel home' : 'panel'}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && close !== null) close();
      }}
    >
      <Header
        home={view === 'home'}
        onPerson={askForPerson}
        onBack={() => panel.setState({ view: 'home' })}
      />
      <Banner />
      {view === 'home' ? <Home onChat={toChat} /> : <Transcript />}
      <Composer home={view === 'home'} onSend={toChat} />
      <Announcer />
    </main>
  );
}

/** A card that was answered is gone, and the focus with it: it goes on where one writes. */
function useFocusAfter(stage: string, open: boolean): void {
  const before = useRef(stage);
  useEffect(() => {
    const changed = before.current !== stage;
    before.current = stage;
    if (changed && open && document.activeElement === document.body)
      document.getElementById('message')?.focus();
  }, [stage, open]);
}

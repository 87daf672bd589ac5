import { createRoot } from 'react-dom/client';
import { openStorage } from '@/lib/client/core/storage';
import { createVisitor, type Visitor } from '@/lib/client/core/visitor-store';
import { App } from './app';
import type { HostMessage } from './frame-messages';
import { awaitHost, type HostBridge } from './host-bridge';
import { hostEvents } from './host-events';
import { launcherLook } from './launcher-look';
import { createPanel } from './panel-state';
import { shareParts } from './shared-parts';
import { applyTheme } from './theme';

shareParts();
const root = document.getElementById('baton');
if (root !== null)
  start(root, root.dataset.widget ?? '', [location.origin, ...(root.dataset.origins ?? '').split(' ')]);

function start(root: HTMLElement, widget: string, origins: readonly string[]): void {
  if (window.parent === window) {
    mount(root, widget, null);
    return;
  }
  let receive = (_: HostMessage) => {};
  awaitHost(
    origins,
    (bridge) => {
      receive = mount(root, widget, bridge);
    },
    (message) => receive(message),
  );
}

/** Shows the panel. Without a host around it, it is the whole page and always open. */
function mount(root: HTMLElement, widget: string, bridge: HostBridge | null): (message: HostMessage) => void {
  const panel = createPanel(bridge === null);
  // A conversation that somebody comes back to by a link is kept apart from one that this browser has of its own.
  const link = bridge === null ? location.hash.match(/^#return=([\w.-]+)$/)?.[1] : undefined;
  let around: Extract<HostMessage, { type: 'shown' }> | null = null;
  const visitor = createVisitor({
    widget,
    storage: openStorage(link ? `baton:${widget}:return` : `baton:${widget}`),
    ...(link ? { link } : {}),
    around: () =>
      around && {
        page: around.page,
        visit: { pages: around.pages, ms: Math.max(0, Date.now() - around.since) },
      },
    ...(bridge?.identity ? { identity: bridge.identity } : {}),
    ...(bridge && bridge.origin !== location.origin ? { site: bridge.origin } : {}),
  });
  const close = bridge && (() => bridge.tell({ type: 'close' }));
  keepTheme(visitor);
  if (bridge !== null) keepHostInformed(visitor, bridge);
  createRoot(root).render(<App visitor={visitor} panel={panel} close={close} />);

  return (message) => {
    switch (message.type) {
      case 'shown':
        around = message;
        return panel.setState({ open: message.open });
      case 'identify':
        return visitor.identify(message.jwt);
      case 'logout':
        panel.setState({ view: null });
        return visitor.logout();
      case 'requestHuman':
        panel.setState({ view: 'chat', focusOffer: true });
        return visitor.requestPerson();
      case 'approach':
        panel.setState({ view: 'chat', focusOffer: true });
        return visitor.takeUpApproach(message.ruleId);
      case 'ask':
        panel.setState({ view: 'chat' });
        return visitor.send(message.text);
    }
  };
}

function keepTheme(visitor: Visitor): void {
  visitor.store.subscribe(({ session }, before) => {
    if (session === null || session === before.session) return;
    applyTheme(document.documentElement, session.widget.theme.brand, session.widget.locale);
  });
}

function keepHostInformed(visitor: Visitor, bridge: HostBridge): void {
  let shown = '';
  visitor.store.subscribe((state, before) => {
    for (const event of hostEvents(before, state)) bridge.tell({ type: 'event', ...event });
    const look = launcherLook(state);
    const text = JSON.stringify(look);
    if (look !== null && text !== shown) bridge.tell({ type: 'launcher', look });
    shown = text;
  });
}

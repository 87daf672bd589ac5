import type { ConnectMessage, FrameMessage, HostMessage, LauncherLook } from './frame-messages';

/** The script tag on the host page: a button, and the panel's frame once it is wanted. */

interface Settings {
  key?: string | undefined;
  baseUrl?: string | undefined;
  brand?: string | undefined;
  label?: string | undefined;
}
type Global = typeof command & { q?: Parameters<typeof command>[] };
type Listener = (detail: unknown) => void;

const STYLE = `
:host{all:initial;position:fixed;z-index:2147483000;inset-block-end:24px;inset-inline-end:24px;font:600 14px/18px system-ui,sans-serif;--b:var(--bl);--o:var(--ol)}
@media (prefers-color-scheme:dark){:host{--b:var(--bd);--o:var(--od)}}
:host([hidden]),.panel[hidden],.badge:empty{display:none}
.panel{position:fixed;inset-block-end:96px;inset-inline-end:24px;inline-size:384px;block-size:min(680px,100dvh - 120px);border-radius:20px;overflow:hidden;box-shadow:0 0 0 1px #8883,0 16px 48px #0004}
iframe{display:block;inline-size:100%;block-size:100%;border:0}
button{all:unset;box-sizing:border-box;position:relative;display:flex;gap:10px;align-items:center;justify-content:center;min-inline-size:56px;block-size:56px;border-radius:28px;border-end-end-radius:8px;cursor:pointer;color:var(--o);background:var(--b);box-shadow:0 8px 24px #16181d3d}
button:focus-visible{outline:2px solid var(--b);outline-offset:3px}
.wide{padding-inline:16px 20px}
svg{inline-size:32px;block-size:32px;fill:none;stroke:currentColor;stroke-linecap:round;stroke-linejoin:round}
.wide svg{inline-size:24px}
.face{inline-size:46px;border-radius:50%;text-align:center;line-height:46px;color:#6b3a12;background:linear-gradient(135deg,#ffe9cf,#f7c9a4)}
.badge{position:absolute;inset-block-start:-6px;inset-inline-end:-6px;box-sizing:border-box;min-inline-size:22px;padding-inline:6px;border-radius:11px;font-size:11px;line-height:22px;text-align:center;color:#fff;background:#b4231a;box-shadow:0 0 0 2px #fff}
@media (max-width:639px){:host{inset-block-end:16px;inset-inline-end:16px}.panel{inset:0;inline-size:100%;block-size:100dvh;border-radius:0}.ready:not([hidden])+button{display:none}}
@media (forced-colors:active){button{border:1px solid}}
@media (prefers-reduced-motion:no-preference){.panel{animation:r .14s}@keyframes r{from{opacity:0}}}`;
const MARK = ['M4.7 16.7 13.3 12.9', 'M10.7 11.1 19.3 7.3'];
const DOWN = ['m6 9.5 6 6 6-6'];
const CLOCK = ['M12 3.2a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.6ZM12 7v5.2l3.3 2'];
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';
const PHONE = '(max-width:639px)';

const script = document.currentScript as HTMLScriptElement | null;
const site = window as unknown as { Baton?: Global; navigation?: EventTarget };
const before = site.Baton;
const { navigation } = site;
const listeners = new Map<string, Set<Listener>>();
let widget: ReturnType<typeof embed> | null = null;
const tag = script?.dataset ?? {};
let settings: Settings = {
  key: tag.widget,
  brand: tag.brand,
  label: tag.label,
  baseUrl: script ? new URL('..', script.src).href : undefined,
};

// A Baton that is no waiting list belongs to somebody else, or to an earlier copy of this script.
if (before === undefined || before.q !== undefined) {
  site.Baton = command;
  const start = () => {
    if (settings.key) boot({});
    for (const each of before?.q ?? []) command(...each);
  };
  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start);
}

function command(name: string, first?: unknown, second?: unknown): void {
  const heard = listeners.get(String(first)) ?? new Set();
  if (name === 'boot' || name === 'init') boot((first ?? {}) as Settings);
  else if (name === 'on') listeners.set(String(first), heard.add(second as Listener));
  else if (name === 'off') heard.delete(second as Listener);
  else if (widget && name in widget) widget[name as keyof typeof widget](String(first));
  else console.warn(`Baton: no command ${name}, or no boot`);
}

function boot(more: Settings): void {
  settings = { ...settings, ...more };
  const { key, baseUrl } = settings;
  if (!widget && key && baseUrl) widget = embed(key, new URL(`widget?key=${key}`, baseUrl), settings);
}

function emit(name: string, detail: unknown): void {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

function embed(key: string, url: URL, { brand = '#4b45d6', label = 'Open chat' }: Settings) {
  const remember = `baton:${key}:launcher`;
  let look: Omit<LauncherLook, 'said' | 'engaged'> = {
    active: false,
    title: 'Chat',
    openLabel: label,
    closeLabel: 'Close chat',
    unread: 0,
    line: null,
    initials: null,
    colors: { light: brand, onLight: plainText(brand), dark: brand, onDark: plainText(brand) },
    // The host page's store may be closed to scripts; then each page starts with the plain look.
    ...attempt(() => JSON.parse(localStorage[remember]) as Partial<LauncherLook>),
  };
  let open = false;
  let pages = 0;
  let since = Date.now();
  let port: MessagePort | null = null;
  let frame: HTMLIFrameElement | null = null;
  const waiting: HostMessage[] = [];

  const host: HTMLElement & { identity?: string | undefined } = document.createElement('div');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const panel = document.createElement('div');
  panel.className = 'panel';
  panel.hidden = true;
  const button = document.createElement('button');
  button.onclick = () => toggle();
  host.onkeydown = (event) => {
    if (event.key === 'Escape' && open) toggle(false);
  };
  const approaches = document.createElement('script');
  approaches.src = url.href.replace('?', '/approach?');
  host.append(approaches);
  shadow.append(panel, button);
  document.body.append(host);
  const viewport = window.visualViewport;
  viewport?.addEventListener('resize', fitKeyboard);
  navigation?.addEventListener('navigatesuccess', countPage);
  countPage();
  paint();
  if (look.active) load();

  function load(): void {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = look.title;
    if (url.origin !== location.origin) frame.setAttribute('sandbox', SANDBOX);
    frame.onload = connect;
    frame.src = url.href;
    panel.append(frame);
  }

  function connect(): void {
    const channel = new MessageChannel();
    port?.close();
    port = channel.port1;
    port.onmessage = (event: MessageEvent<FrameMessage>) => receive(event.data);
    const message: ConnectMessage = { type: 'baton:connect', identity: host.identity };
    frame?.contentWindow?.postMessage(message, url.origin, [channel.port2]);
    tellShown();
    for (const each of waiting.splice(0)) send(each);
  }

  function receive(message: FrameMessage): void {
    if (message.type === 'close') toggle(false);
    else if (message.type === 'event') emit(message.name, message.detail);
    else {
      look = message.look;
      panel.classList.add('ready');
      if (frame) frame.title = look.title;
      attempt(() => {
        localStorage[remember] = JSON.stringify(look);
      });
      paint();
    }
  }

  function send(message: HostMessage): void {
    if (port) port.postMessage(message);
    else waiting.push(message);
  }

  function toggle(to = !open): void {
    if (to === open) return;
    open = to;
    if (open) load();
    panel.hidden = !open;
    fitKeyboard();
    paint();
    tellShown();
    if (open) frame?.focus();
    else button.focus();
    emit(open ? 'open' : 'close', null);
  }

  /** Of this visit, in this tab. */
  function countPage(): void {
    pages++;
    attempt(() => {
      [pages, since] = JSON.parse(sessionStorage['baton:visit'] ?? `[0,${since}]`);
      sessionStorage['baton:visit'] = JSON.stringify([++pages, since]);
    });
    tellShown();
  }

  /** Also of a page that changes without being loaded. What follows the path may be secret, and stays here. */
  function tellShown(): void {
    const { origin, pathname } = location;
    if (port) send({ type: 'shown', open, page: origin + pathname, pages, since });
  }

  /** On a phone the panel ends where the keyboard begins. */
  function fitKeyboard(): void {
    const phone = open && viewport && matchMedia(PHONE).matches;
    panel.style.blockSize = phone ? `${viewport.height}px` : '';
  }

  function paint(): void {
    const { light, onLight, dark, onDark } = look.colors;
    host.style.cssText = `--bl:${light};--ol:${onLight};--bd:${dark};--od:${onDark}`;
    const wide = !open && look.line;
    button.className = wide ? 'wide' : '';
    button.setAttribute('aria-label', open ? look.closeLabel : look.openLabel);
    button.setAttribute('aria-expanded', String(open));
    const badge = part('badge', look.unread > 0 && !open ? String(look.unread) : '');
    if (open) button.replaceChildren(drawing(DOWN, '2'));
    else if (wide) button.replaceChildren(drawing(CLOCK, '2'), look.line ?? '', badge);
    else if (look.initials) button.replaceChildren(part('face', look.initials), badge);
    else button.replaceChildren(drawing(MARK, '4.6'), badge);
  }

  function tell(message: HostMessage): void {
    send(message);
    toggle(true);
  }

  function show(visible: boolean): void {
    if (!visible) toggle(false);
    host.hidden = !visible;
  }

  return {
    open: () => toggle(true),
    close: () => toggle(false),
    toggle: () => toggle(),
    show: () => show(true),
    hide: () => show(false),
    ask: (text: string) => tell({ type: 'ask', text }),
    approach: (ruleId: string) => tell({ type: 'approach', ruleId }),
    requestHuman: () => tell({ type: 'requestHuman' }),
    identify(jwt: string) {
      host.identity = jwt;
      if (port) send({ type: 'identify', jwt });
    },
    logout() {
      host.identity = undefined;
      // What is stored belongs to the frame: without one there is none to tell, so it is made.
      load();
      send({ type: 'logout' });
    },
    destroy() {
      viewport?.removeEventListener('resize', fitKeyboard);
      navigation?.removeEventListener('navigatesuccess', countPage);
      port?.close();
      host.remove();
      widget = null;
    },
  };
}

function drawing(paths: readonly string[], width: string): Element {
  const make = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const attribute in attributes) element.setAttribute(attribute, attributes[attribute] as string);
    return element;
  };
  const svg = make('svg', { viewBox: '0 0 24 24', 'stroke-width': width, 'aria-hidden': 'true' });
  for (const d of paths) svg.append(make('path', { d, opacity: svg.firstChild || !paths[1] ? '1' : '.62' }));
  return svg;
}

function part(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** Until the panel has told its corrected shades. */
function plainText(brand: string): string {
  const [r = 0, g = 0, b = 0] = (brand.match(/\w\w/g) ?? []).map((part) => Number.parseInt(part, 16));
  return r * 3 + g * 6 + b > 1500 ? '#111' : '#fff';
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

import { type Approach, isNear } from '@/lib/domain/approach';
import { engagement } from '@/lib/domain/engagement';
import type { LauncherLook } from './frame-messages';

/** Beside the closed chat: approaches a customer once in a visit, where the desk's rules say so. The loader's host holds it. */

/** Handed over by `/widget/approach`, which wraps this file. */
declare const settings: { key: string; approaches: Approach[]; texts: Partial<typeof TEXTS> };

const TEXTS = {
  approachTitle: 'A suggestion',
  approachTakeUp: 'Talk to a consultant',
  approachDismiss: 'Not now',
};
const STYLE = `
p{margin:0}
.approach{position:absolute;inset-block-end:68px;inset-inline-end:0;box-sizing:border-box;inline-size:min(296px,100vw - 32px);padding:14px;border-radius:16px;font:14px/20px system-ui,sans-serif;color:#16181d;background:#fff;box-shadow:0 0 0 1px #8883,0 12px 32px #0003}
.approach div{display:flex;flex-wrap:wrap;gap:8px;margin-block-start:10px}
.approach button{min-inline-size:0;block-size:36px;padding-inline:14px;border-radius:10px;box-shadow:none;font:inherit}
.approach button+button{color:inherit;background:none;font-weight:500}
@media (prefers-color-scheme:dark){.approach{color:#f2f3f5;background:#1d2026;box-shadow:0 0 0 1px #fff2,0 12px 32px #0008}}
@media (forced-colors:active){.approach{border:1px solid}}
@media (prefers-reduced-motion:no-preference){.approach{animation:r .18s}}`;
const DONE = 'baton:approached';
const LOOK_EVERY_MS = 1000;
/** After the server said no. */
const ASK_AGAIN_MS = 5 * 60_000;

const script = document.currentScript as HTMLScriptElement | null;
const host = script?.parentElement as (HTMLElement & { identity?: string | null }) | null;
const launcher = host?.shadowRoot?.querySelector('button');
const baton = (window as unknown as { Baton?: (name: string, first?: unknown, second?: unknown) => void })
  .Baton;
if (script && host && launcher && baton) begin(script.src, host, launcher, baton);

function begin(
  url: string,
  host: HTMLElement & { identity?: string | null },
  launcher: HTMLButtonElement,
  baton: (name: string, first?: unknown, second?: unknown) => void,
): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  host.shadowRoot?.adoptedStyleSheets.push(sheet);
  const section = document.createElement('section');
  // There from the start, so that what comes into it is read out.
  const words = document.createElement('p');
  words.role = 'status';
  words.dir = 'auto';
  section.append(words);
  launcher.before(section);
  const timer = setInterval(look, LOOK_EVERY_MS);
  baton('on', 'open', () => words.textContent && end());
  section.onkeydown = (event) => {
    if (event.key === 'Escape') dismiss();
  };

  function look(): void {
    const store = visitStore();
    if (!host.isConnected || store === null || store[DONE] === 'done') {
      clearInterval(timer);
      return;
    }
    const isOpen = launcher.getAttribute('aria-expanded') === 'true';
    const now = Date.now();
    if (isOpen || document.hidden || host.hidden || now < Number(store[DONE] ?? 0)) return;
    const [pages, since] = JSON.parse(store['baton:visit'] ?? '[0,0]') as [number, number];
    const { said, active, engaged } = launcherLook();
    if (pages === 0 || active || engaged) return;
    const page = location.origin + location.pathname;
    const visit = { pages, ms: Math.max(0, now - since) };
    const browsing = {
      page,
      pages,
      seconds: visit.ms / 1000,
      engagement: engagement(visit, said),
    };
    const isKnown = Boolean(host.identity);
    if (!settings.approaches.some((approach) => isNear(approach, browsing, isKnown))) return;
    store[DONE] = String(now + ASK_AGAIN_MS);
    void ask({ key: settings.key, page, visit, said, ...(host.identity ? { identity: host.identity } : {}) });
  }

  async function ask(input: object): Promise<void> {
    // Plain text, so that no browser asks first whether it may. A site that lets nobody be asked has no approach.
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(input) }).catch(() => null);
    const found = answer?.ok ? (await answer.json()).data : null;
    const isOpen = launcher.getAttribute('aria-expanded') === 'true';
    if (found && !isOpen && host.isConnected) show(found);
  }

  function show({ ruleId, text }: { ruleId: string; text: string }): void {
    const store = visitStore();
    if (store) store[DONE] = 'done';
    const says = { ...TEXTS, ...settings.texts };
    const buttons = document.createElement('div');
    buttons.append(
      button(says.approachTakeUp, () => baton('approach', ruleId)),
      button(says.approachDismiss, dismiss),
    );
    section.className = 'approach';
    section.ariaLabel = says.approachTitle;
    words.textContent = text;
    section.append(buttons);
  }

  function dismiss(): void {
    const had = section.contains(host.shadowRoot?.activeElement ?? null);
    end();
    if (had) launcher.focus();
  }

  function end(): void {
    clearInterval(timer);
    section.remove();
  }

  function launcherLook(): Pick<LauncherLook, 'said' | 'active' | 'engaged'> {
    const none = { said: 0, active: false, engaged: false };
    try {
      return { ...none, ...JSON.parse(localStorage[`baton:${settings.key}:launcher`]) };
    } catch {
      return none;
    }
  }
}

function button(text: string, onclick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.onclick = onclick;
  return element;
}

/** Null where the page's store is closed to scripts: then nobody could be approached only once. */
function visitStore(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

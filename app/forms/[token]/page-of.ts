import { brandShades } from '@/lib/domain/contrast';
import {
  type Answers,
  FORM_LINK_MINUTES,
  type FormContent,
  type FormField,
  isSealed,
} from '@/lib/domain/form-template';
import { fieldOf } from './field-of';
import { type Html, html, join } from './html';
import { styleOf } from './style-of';

interface Shop {
  key: string;
  shopName: string;
  botName: string;
  locale: string;
  theme: { brand: string };
}

export interface OpenForm {
  form: FormContent;
  /** What the chat gathered. */
  prefilled: Answers;
  /** What was typed, where something of it is at fault. */
  written: Readonly<Record<string, string>> | null;
  faults: Readonly<Record<string, string>>;
  expiresAt: number;
  now: number;
  /** Who reads it. */
  teamName: string | null;
}

export type FormPage = { shop: Shop | null; backTo: string | null } & (
  | ({ kind: 'open' } & OpenForm)
  | { kind: 'sent' | 'submitted' | 'expired'; name: string }
  | { kind: 'unknown' | 'tooMuch' }
);

/** The hosted form as one document: it works without a script, which only keeps the time. */
export function formPage(page: FormPage, nonce: string): string {
  const { shop } = page;
  const title = titleOf(page);
  return html`<!doctype html>
<html lang="${shop?.locale ?? 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${shop === null ? title : `${title} · ${shop.shopName}`}</title>
<style nonce="${nonce}">${styleOf(brandShades(shop?.theme.brand ?? ''))}</style>
</head>
<body>
<div class="page">
${shop === null ? '' : html`<header class="top"><p class="shop" dir="auto">${shop.shopName}</p>${backLink(page)}</header>`}
${page.kind === 'open' ? openPart(page) : plainPart(page)}
</div>
${page.kind === 'open' ? html`<script nonce="${nonce}">${KEEP_TIME}</script>` : ''}
</body>
</html>
`.text;
}

export function formPolicy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
}

function titleOf(page: FormPage): string {
  switch (page.kind) {
    case 'open':
      return Object.keys(page.faults).length > 0 ? `Something is missing: ${page.form.name}` : page.form.name;
    case 'sent':
      return 'Sent, thank you';
    case 'submitted':
      return 'This form was sent already';
    case 'expired':
      return 'This link has run out';
    case 'unknown':
      return 'This link is not whole';
    case 'tooMuch':
      return 'That is too much at once';
  }
}

function plainPart(page: Exclude<FormPage, { kind: 'open' }>): Html {
  return html`<main class="card plain"><h1>${titleOf(page)}</h1><p>${wordsOf(page)}</p>${
    page.backTo === null ? '' : html`<p><a class="go" href="${page.backTo}">Back to the chat</a></p>`
  }</main>`;
}

function wordsOf(page: Exclude<FormPage, { kind: 'open' }>): string {
  switch (page.kind) {
    case 'sent':
      return `We have “${page.name}”. Our team reads it, and you hear from us in the chat. You can close this page.`;
    case 'submitted':
      return `We have “${page.name}”, and nothing was sent a second time: a link works once. Is something to be corrected? Say so in the chat.`;
    case 'expired':
      return `A link to “${page.name}” works for ${FORM_LINK_MINUTES} minutes, and a newer one ends it. Nothing was sent. Ask for a new one in the chat: what you told us there is kept.`;
    case 'unknown':
      return 'Part of it is missing or changed, so nothing was opened. Go back to the chat and press the button there.';
    case 'tooMuch':
      return 'Nothing was sent. Go back, shorten what you wrote, and send it again.';
  }
}

function backLink(page: FormPage): Html | '' {
  if (page.backTo === null || page.kind !== 'open') return '';
  return html`<a class="back" href="${page.backTo}">Back to the chat</a>`;
}

function openPart(page: Extract<FormPage, { kind: 'open' }>): Html {
  const { form, faults } = page;
  const open = form.fields.filter((field) => !isSealed(field));
  const sealed = form.fields.filter(isSealed);
  const type = form.fields.some(({ kind }) => kind === 'file') ? html` enctype="multipart/form-data"` : '';
  const filled = open.filter((field) => isPrefilled(field, page)).length;
  return html`<main>
<div class="lead"><h1 dir="auto">${form.name}</h1>${form.intro === '' ? '' : html`<p dir="auto">${form.intro}</p>`}</div>
<div class="sides">
<form class="card" method="post"${type} novalidate>
${faultList(form.fields, faults)}
${open.length === 0 ? '' : section(open, page, html`<h2>${filled > 0 ? 'From your chat' : 'Details'}</h2>${filled > 0 ? html`<p class="chip">${filled} of ${open.length} filled in for you</p>` : ''}`, filled > 0 ? 'Check what is filled in, and add what is missing.' : '')}
${sealed.length === 0 ? '' : section(sealed, page, html`<h2>${LOCK}Kept sealed</h2>`, 'Encrypted. It never appears in the chat, and only who has to may open it.')}
<footer><button type="submit" class="go">Send</button><p>${sealed.length === 0 ? 'Our team is told that the form is in.' : 'Our team is told that the form is in. What is kept sealed is not part of it.'}</p></footer>
</form>
<aside>${openUntil(page)}${whatNext(page)}</aside>
</div>
</main>`;
}

function section(fields: readonly FormField[], page: OpenForm, heading: Html, words: string): Html {
  const parts = fields.map((field) =>
    fieldOf(field, {
      value: page.written === null ? (page.prefilled[field.id] ?? '') : (page.written[field.id] ?? ''),
      fault: page.faults[field.id] ?? null,
      prefilled: isPrefilled(field, page),
      focused: Object.keys(page.faults)[0] === field.id,
    }),
  );
  return html`<section><div class="head">${heading}</div>${words === '' ? '' : html`<p class="sub">${words}</p>`}<div class="fields">${join(parts)}</div></section>`;
}

/** Filled in from the chat, and not changed since. */
function isPrefilled({ id }: FormField, { prefilled, written }: OpenForm): boolean {
  const given = prefilled[id];
  return given !== undefined && (written === null || written[id] === given);
}

function faultList(fields: readonly FormField[], faults: Readonly<Record<string, string>>): Html | '' {
  const wrong = fields.filter(({ id }) => faults[id] !== undefined);
  if (wrong.length === 0) return '';
  const links = wrong.map(
    ({ id, label }) => html`<li><a href="#f-${id}">${label}</a>: ${faults[id] ?? ''}</li>`,
  );
  return html`<div class="faults" role="alert"><h2>Not sent yet: ${wrong.length === 1 ? 'one thing' : `${wrong.length} things`} to look at</h2><ul>${join(links)}</ul></div>`;
}

function openUntil({ expiresAt, now }: OpenForm): Html {
  const left = Math.max(1, Math.ceil((expiresAt - now) / 60_000));
  return html`<section class="card small" id="time" data-until="${expiresAt}" data-now="${now}"><div class="head"><h2>${CLOCK}<span id="until">Open for an hour at most</span></h2><p id="left">${left} min left</p></div><progress max="${FORM_LINK_MINUTES}" value="${left}" aria-label="Minutes left"></progress><p class="sub">The link works once. If it runs out, ask for a new one in the chat. Nothing you told us is lost.</p></section>`;
}

function whatNext({ teamName }: OpenForm): Html {
  const reader = teamName === null ? 'Our team reads it' : `${teamName} reads it`;
  return html`<section class="card small"><h2>What happens next</h2><ol><li><b dir="auto">${reader}</b><span>With everything you said in the chat</span></li><li><b>You hear from a person</b><span>In the chat, which stays open</span></li></ol></section>`;
}

const CLOCK = html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.8"/><path d="M12 7v5.2l3.3 2"/></svg>`;
const LOCK = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="4.500" y="10.500" width="15" height="10" rx="3"/><path d="M8 10.500V8a4 4 0 0 1 8 0v2.500"/></svg>`;

/** The customer's own clock, and what is left by the server's. */
const KEEP_TIME = html`(()=>{const t=document.getElementById('time'),u=+t.dataset.until,o=+t.dataset.now-Date.now(),l=document.getElementById('left'),p=t.querySelector('progress');document.getElementById('until').textContent='Open until '+new Intl.DateTimeFormat(document.documentElement.lang,{hour:'numeric',minute:'2-digit'}).format(u-o);const k=()=>{const m=Math.max(0,Math.ceil((u-Date.now()-o)/6e4));l.textContent=m>0?m+' min left':'run out';p.value=m;if(m>0)setTimeout(k,5e3)};k()})()`;

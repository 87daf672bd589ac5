import type { CallbackChannel, CallbackState } from '@/lib/domain/callback';
import { brandShades } from '@/lib/domain/contrast';
import { zoneCity } from '@/lib/domain/zone-city';
import type { ManagedCallback } from '@/lib/services/callback/manage';

/** What was done just before, or why it was not. */
export const NOTES = {
  moved: 'The call was moved. A new invitation is on its way.',
  cancelled: 'The call is cancelled. Your calendar is told.',
  taken: 'That time has just been taken. Choose another.',
  changed: 'The call has changed meanwhile. This is how it stands now.',
  none: 'Choose a time first.',
} as const;
export type Note = keyof typeof NOTES;

interface Page {
  managed: ManagedCallback;
  note: Note | null;
  /** Whether these are the first times there are. */
  first: boolean;
}

const TITLES: Readonly<Record<CallbackState, string>> = {
  booked: 'Your call is booked',
  due: 'It is time for your call',
  kept: 'We talked',
  missed: 'We missed each other',
  cancelled: 'The call is cancelled',
};
const WAYS: Readonly<Record<CallbackChannel, string>> = {
  voice: 'by phone',
  video: 'by video',
  chat: 'in the chat',
};

/** What was agreed, other times, and the way out: forms alone, so that nothing happens without a press. */
export function callbackPage({ managed, note, first }: Page, nonce: string): string {
  const { widget, callback, name } = managed;
  const { state } = callback;
  const title = `${TITLES[state]}${name === null || state !== 'booked' ? '' : `, ${firstName(name)}`}`;
  return documentOf(
    { locale: widget.locale, brand: widget.theme.brand, title, nonce },
    `<header class="head"><p class="shop">${escaped(widget.shopName)}</p><a class="btn ghost" href="/widget?key=${encodeURIComponent(widget.key)}">Open the chat</a></header>
<main class="even"><div class="title"><h1>${escaped(title)}</h1><p class="lead">${escaped(leadOf(managed))}</p>${note === null ? '' : `<p class="note" role="status">${NOTES[note]}</p>`}</div>
${agreed(managed)}
${others(managed, first)}
${wayOut(managed)}
</main>`,
  );
}

/** For a link that is not ours, whole. */
export function unknownPage(nonce: string): string {
  const title = 'This link is not whole';
  return documentOf(
    { locale: 'en', brand: '', title, nonce },
    `<main><div class="title"><h1>${title}</h1><p class="lead">Part of it is missing or changed. Open it from the e-mail itself, or copy all of it.</p></div></main>`,
  );
}

export function callbackPolicy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
}

function leadOf({ callback, teamName }: ManagedCallback): string {
  const who = callback.agent === null ? (teamName ?? 'One of us') : firstName(callback.agent.name);
  switch (callback.state) {
    case 'booked':
    case 'due':
      return `${who} ${callback.channel === 'voice' ? 'rings you' : 'meets you'} and has your whole conversation: nothing need be repeated.`;
    case 'kept':
      return 'Write to us in the chat if anything is left.';
    case 'missed':
      return 'Write to us in the chat, and we agree on another time.';
    case 'cancelled':
      return 'Your conversation stays open. Write to us in the chat whenever you like.';
  }
}

function agreed({ widget, callback, teamName }: ManagedCallback): string {
  const { slot, timeZone, agent, maskedPhone, email, channel } = callback;
  const { locale } = widget;
  const when =
    slot === null
      ? `<div class="when"><div><h2>By ${escaped(clock(locale, callback.lateAt, timeZone, true))}</h2><p class="two-clocks">Your time, ${escaped(zoneCity(timeZone))}</p></div></div>`
      : `<div class="when wash"><div class="date" aria-hidden="true"><span>${escaped(part(locale, slot.startAt, timeZone, { month: 'long' }))}</span><b>${escaped(part(locale, slot.startAt, timeZone, { day: 'numeric' }))}</b></div><div><h2>${escaped(clock(locale, slot.startAt, timeZone, true))}</h2><p class="two-clocks">Your time, ${escaped(zoneCity(timeZone))}${escaped(elsewhere(callback, locale, slot.startAt))}</p></div></div>`;
  const minutes = slot === null ? '' : `${Math.round((slot.endAt - slot.startAt) / 60_000)} minutes `;
  const rows = [
    [
      agent?.name ?? teamName ?? 'One of us',
      `${agent && teamName ? `${teamName} · ` : ''}${minutes}${WAYS[channel]}`,
    ],
    ...(maskedPhone === null ? [] : [[maskedPhone, 'The number we ring']]),
    ...(email === null || slot === null
      ? []
      : [[`Invitation sent to ${email}`, 'Reminder 15 minutes before']]),
  ];
  const items = rows.map(
    ([strong = '', small = '']) => `<li><b>${escaped(strong)}</b><small>${escaped(small)}</small></li>`,
  );
  return `<section class="sheet" aria-label="What was agreed">${when}<ul class="rows">${items.join('')}</ul></section>`;
}

function others({ widget, callback, proposal }: ManagedCallback, first: boolean): string {
  const { slot, timeZone } = callback;
  if (proposal === null || slot === null) return '';
  const { locale } = widget;
  const slots = proposal.slots.map(
    ({ startAt }, index) =>
      `<label class="slot"><input type="radio" name="to" value="${startAt}"${index === 0 ? ' checked' : ''} required><span><b>${escaped(clock(locale, startAt, timeZone, true))}</b><small>your time, ${escaped(zoneCity(timeZone))}</small></span>${otherClock(callback, locale, startAt)}</label>`,
  );
  const last = proposal.slots.at(-1)?.startAt;
  const more = [
    last === undefined ? '' : `<a class="btn ghost" href="?after=${last}">More times</a>`,
    first ? '' : '<a class="btn ghost" href="?">The first times</a>',
  ].join('');
  return `<section class="sheet pad"><h2 class="h">Another time?</h2><p class="sub">${slots.length === 0 ? 'No other time is free just now.' : 'Free just now'}</p>
<form method="post"><input type="hidden" name="do" value="move"><input type="hidden" name="from" value="${slot.startAt}"><fieldset class="slots"><legend class="vh">Another time</legend>${slots.join('')}</fieldset>${slots.length === 0 ? '' : '<button class="btn pri">Move the call</button>'}<div class="two">${more}</div></form></section>`;
}

function wayOut({ callback }: ManagedCallback): string {
  if (callback.state !== 'booked' && callback.state !== 'due') return '';
  return `<section class="sheet out"><details><summary><span><b>Not needed any more?</b><small>Your conversation stays open.</small></span><span class="danger">Cancel the call</span></summary><form method="post"><input type="hidden" name="do" value="cancel"><button class="btn danger">Yes, cancel it</button></form></details></section>`;
}

function elsewhere(callback: ManagedCallback['callback'], locale: string, at: number): string {
  const { timeZone, teamTimeZone } = callback;
  if (timeZone === teamTimeZone) return '';
  const day = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  return ` · ${clock(locale, at, teamTimeZone, day(timeZone) !== day(teamTimeZone))} in ${zoneCity(teamTimeZone)}`;
}

function otherClock(callback: ManagedCallback['callback'], locale: string, at: number): string {
  if (callback.timeZone === callback.teamTimeZone) return '';
  return `<span class="o"><b>${escaped(clock(locale, at, callback.teamTimeZone, false))}</b><small>${escaped(zoneCity(callback.teamTimeZone))}</small></span>`;
}

/** `Tuesday, 15:30`; with the date too where the day could be another week's is told by the tile beside it. */
function clock(locale: string, at: number, timeZone: string, withDay: boolean): string {
  const time = part(locale, at, timeZone, { hour: '2-digit', minute: '2-digit' });
  if (!withDay) return time;
  return `${part(locale, at, timeZone, { weekday: 'long', day: 'numeric', month: 'short' })}, ${time}`;
}

function part(locale: string, at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone, ...options }).format(at);
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

function documentOf(
  { locale, brand, title, nonce }: { locale: string; brand: string; title: string; nonce: string },
  body: string,
): string {
  const { light, dark } = brandShades(brand);
  return `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style nonce="${nonce}">
:root{color-scheme:light dark;--t1:light-dark(#16181d,#f1f2f4);--t2:light-dark(#474c57,#b6bac4);--t3:light-dark(#5b606c,#a9aeba);--page:light-dark(#f3f4f6,#0e0f12);--card:light-dark(#fff,#141519);--hair:light-dark(#e2e4e9,#2a2d34);--edge:light-dark(#7d838f,#8b909c);--alert:light-dark(#b42318,#ff9c92);--brand:light-dark(${light.brand},${dark.brand});--on:light-dark(${light.onBrand},${dark.onBrand});--dawn-a:light-dark(#e3eee6,#15201b);--dawn-c:light-dark(#ffe6cc,#2a2018)}
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;font:400 15px/23px -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--t1);background:radial-gradient(60% 420px at 100% -60px,var(--dawn-c),transparent 72%),radial-gradient(70% 460px at 0 -60px,var(--dawn-a),transparent 74%),var(--page)}
p,h1,h2,ul,fieldset{margin:0;padding:0;border:0}
.head{display:flex;align-items:center;justify-content:space-between;max-inline-size:1040px;block-size:80px;margin-inline:auto;padding-inline:24px}
.shop{font-size:20px;line-height:28px;font-weight:600}
main{display:grid;gap:16px 32px;align-items:start;max-inline-size:1040px;margin-inline:auto;padding:24px 24px 64px}
.even{grid-template-columns:minmax(0,1fr) minmax(0,400px);grid-template-rows:auto auto 1fr}
.title{grid-column:1/-1;margin-block-end:8px}
.even>:nth-child(3):not(.out){grid-area:2/2/span 2}
h1{font-size:32px;line-height:40px;font-weight:600;letter-spacing:-.028em;text-wrap:balance}
.lead{margin-block-start:8px;font-size:16px;line-height:24px;color:var(--t2);max-inline-size:56ch}
.note{margin-block-start:16px;padding:12px 16px;border-radius:12px;font-weight:500;background:var(--card);box-shadow:0 0 0 1px var(--hair)}
.sheet{border-radius:20px;background:var(--card);box-shadow:0 0 0 1px var(--hair),0 12px 32px rgb(22 24 29/.06);overflow:hidden}
.pad{padding:24px;display:grid;gap:4px}
.when{display:grid;grid-template-columns:auto 1fr;gap:20px;align-items:center;padding:28px;border-block-end:1px solid var(--hair)}
.wash{background:radial-gradient(80% 140px at 100% 0,var(--dawn-c),transparent 76%),radial-gradient(90% 150px at 0 0,var(--dawn-a),transparent 80%)}
.date{display:grid;grid-template-rows:28px 1fr;justify-items:center;inline-size:92px;block-size:100px;border-radius:18px;background:var(--card);box-shadow:0 0 0 1px var(--hair),0 4px 12px rgb(22 24 29/.08);overflow:hidden}
.date span{display:grid;place-items:center;inline-size:100%;font-size:12px;font-weight:600;color:var(--on);background:var(--brand)}
.date b{align-self:center;font-size:40px;line-height:44px;font-weight:600;letter-spacing:-.04em;font-variant-numeric:tabular-nums}
.when h2{font-size:24px;line-height:32px;font-weight:600;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.two-clocks{margin-block-start:4px;font-size:14px;line-height:20px;color:var(--t2)}
.rows{padding:4px 28px 12px;list-style:none}
.rows li{padding-block:10px}.rows li+li{border-block-start:1px solid var(--hair)}
.rows b,.out b{display:block;font-weight:500;line-height:20px;overflow-wrap:anywhere}.rows small,.out small{display:block;font-size:13px;line-height:20px;color:var(--t2)}
.h{font-size:16px;line-height:24px;font-weight:600}
.sub{font-size:13px;line-height:20px;color:var(--t2)}
form{display:grid;gap:16px;margin-block-start:12px}
.slots{display:grid;gap:8px}
.slot{display:grid;grid-template-columns:20px 1fr auto;gap:12px;align-items:center;min-block-size:56px;padding:8px 16px;border-radius:12px;box-shadow:inset 0 0 0 1px var(--hair);cursor:pointer}
.slot input{inline-size:20px;block-size:20px;margin:0;accent-color:var(--brand)}
.slot b{display:block;font-size:16px;line-height:24px;font-weight:600;font-variant-numeric:tabular-nums}
.slot small{display:block;font-size:12px;line-height:16px;color:var(--t3)}
.slot .o{text-align:end}.slot .o b{font-weight:400;color:var(--t2)}
.slot:has(:checked){box-shadow:inset 0 0 0 2px var(--brand)}
.slot:has(:focus-visible){outline:2px solid var(--brand);outline-offset:2px}
.btn{display:inline-flex;align-items:center;justify-content:center;min-block-size:44px;padding-inline:16px;border:0;border-radius:12px;font:500 15px/20px inherit;font-family:inherit;text-decoration:none;color:var(--t1);background:none;cursor:pointer}
.btn.pri{font-weight:600;color:var(--on);background:var(--brand)}
.btn.ghost{color:var(--t2)}
.btn.danger{box-shadow:inset 0 0 0 1px var(--alert);justify-self:start}
.btn:focus-visible,summary:focus-visible{outline:2px solid var(--brand);outline-offset:2px}
.danger{color:var(--alert)}
.two{display:flex;gap:8px;justify-content:center}
.out{padding:12px 28px}
summary{display:flex;align-items:center;justify-content:space-between;gap:12px;min-block-size:56px;border-radius:8px;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
details form{margin-block:4px 12px}
.vh{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
@media(max-width:860px){.head{block-size:64px;padding-inline:16px 8px}main,.even{grid-template-columns:minmax(0,1fr);padding:8px 16px 40px}.even>:nth-child(3):not(.out){grid-area:auto}h1{font-size:28px;line-height:34px}.when{padding:20px;gap:16px}.date{inline-size:76px;block-size:88px}.when h2{font-size:20px;line-height:28px}.rows{padding:4px 20px 8px}.pad,.out{padding-inline:20px}}
</style>
</head>
<body>${body}</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

import { brandShades } from '@/lib/domain/contrast';

/** A mail as its parts. All of them are plain text; they are escaped where they are put into HTML. */
export interface Letter {
  locale: string;
  shopName: string;
  /** Hex. */
  brand: string;
  subject: string;
  title: string;
  /** What each has written, in order. */
  quotes?: readonly { name: string; text: string }[];
  body?: string;
  button: { label: string; url: string };
  /** Why they get this, and what they can do about it. */
  fine: readonly string[];
}

/** One line for a header: nothing in it can begin another. */
function subjectLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 150);
}

/** The same letter as text and as HTML that needs neither images nor style sheets. */
export function writeLetter(letter: Letter): { subject: string; text: string; html: string } {
  return { subject: subjectLine(letter.subject), text: textOf(letter), html: htmlOf(letter) };
}

function textOf({ title, quotes = [], body, button, fine }: Letter): string {
  return [
    title,
    ...quotes.map(({ name, text }) => `${name}:\n${text}`),
    ...(body === undefined ? [] : [body]),
    `${button.label}: ${button.url}`,
    ...(fine.length === 0 ? [] : [`-- \n${fine.join('\n')}`]),
  ].join('\n\n');
}

const FONT = `-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif`;

function htmlOf({
  locale,
  shopName,
  brand,
  subject,
  title,
  quotes = [],
  body,
  button,
  fine,
}: Letter): string {
  const shade = brandShades(brand).light;
  const said = quotes.map(
    ({ name, text }) =>
      `<tr><td style="padding:0 0 12px"><p class="soft" style="margin:0 0 4px;font:600 13px/18px ${FONT};color:#5b606c">${escaped(name)}</p><div class="said" dir="auto" style="padding:12px 16px;border-radius:4px 16px 16px 16px;background:#f3f4f6;font:400 15px/23px ${FONT};color:#16181d">${lines(text)}</div></td></tr>`,
  );
  return `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subjectLine(subject))}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #0e0f12 !important; }
  .sheet { background: #1b1d22 !important; }
  .strong { color: #f1f2f4 !important; }
  .said { background: #2a2d34 !important; color: #f1f2f4 !important; }
  .soft { color: #a9aeba !important; }
}
</style>
</head>
<body class="page" style="margin:0;background:#f3f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#f3f4f6"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="sheet" style="max-width:520px;background:#ffffff;border-radius:16px"><tr><td style="padding:28px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0">
<tr><td style="padding:0 0 20px"><p class="soft" style="margin:0;font:600 13px/18px ${FONT};color:#5b606c">${escaped(shopName)}</p><h1 class="strong" style="margin:4px 0 0;font:600 20px/28px ${FONT};color:#16181d">${escaped(title)}</h1></td></tr>
${said.join('\n')}
${body === undefined ? '' : `<tr><td style="padding:0 0 16px"><p class="strong" style="margin:0;font:400 15px/23px ${FONT};color:#16181d">${lines(body)}</p></td></tr>`}
<tr><td style="padding:8px 0 24px"><a href="${escaped(button.url)}" style="display:inline-block;padding:12px 20px;border-radius:12px;background:${shade.brand};color:${shade.onBrand};font:600 15px/20px ${FONT};text-decoration:none">${escaped(button.label)}</a></td></tr>
<tr><td>${fine.map((line) => `<p class="soft" style="margin:0 0 6px;font:400 12px/17px ${FONT};color:#5b606c">${escaped(line)}</p>`).join('')}</td></tr>
</table>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

function lines(text: string): string {
  return escaped(text).replace(/\r?\n/g, '<br>');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

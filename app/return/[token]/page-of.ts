import { brandShades } from '@/lib/domain/contrast';

interface Shop {
  key: string;
  shopName: string;
  locale: string;
  theme: { brand: string };
}
type Page =
  | { kind: 'open'; widget: Shop; token: string }
  | { kind: 'expired' | 'unknown'; widget: Shop | null };

/** A page without a script: what the link is, and one press to go on. The token goes on behind the #, which no server is sent. */
export function returnPage(page: Page, nonce: string): string {
  const shop = page.widget;
  const { light, dark } = brandShades(shop?.theme.brand ?? '');
  const chat = shop === null ? null : `/widget?key=${encodeURIComponent(shop.key)}`;
  const { title, words, href, label } = wordsOf(page, chat);
  const heading = shop === null ? '' : `<p class="shop">${escaped(shop.shopName)}</p>`;
  const button = href === null ? '' : `<p><a class="go" href="${escaped(href)}">${escaped(label)}</a></p>`;
  return `<!doctype html>
<html lang="${escaped(shop?.locale ?? 'en')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style nonce="${nonce}">
:root{color-scheme:light dark}
body{margin:0;min-height:100dvh;display:grid;place-items:center;padding:24px;box-sizing:border-box;font:400 15px/23px -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:light-dark(#16181d,#f1f2f4);background:light-dark(#f3f4f6,#0e0f12)}
main{box-sizing:border-box;inline-size:100%;max-inline-size:400px;padding:32px 28px;border-radius:20px;background:light-dark(#fff,#141519);box-shadow:0 0 0 1px light-dark(#e2e4e9,#2a2d34)}
.shop{margin:0 0 4px;font-weight:600;font-size:13px;line-height:18px;color:light-dark(#474c57,#b6bac4)}
h1{margin:0 0 8px;font-size:20px;font-weight:600;line-height:28px;letter-spacing:-.01em}
p{margin:0 0 20px;color:light-dark(#474c57,#b6bac4)}
p:last-child{margin:0}
.go{display:block;padding:12px 20px;border-radius:12px;font-weight:600;line-height:20px;text-align:center;text-decoration:none;color:light-dark(${light.onBrand},${dark.onBrand});background:light-dark(${light.brand},${dark.brand})}
.go:focus-visible{outline:2px solid currentColor;outline-offset:2px}
</style>
</head>
<body><main>${heading}<h1>${escaped(title)}</h1><p>${escaped(words)}</p>${button}</main></body>
</html>
`;
}

export function returnPolicy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function wordsOf(page: Page, chat: string | null) {
  switch (page.kind) {
    case 'open':
      return {
        title: 'Your conversation is here',
        words:
          'Read the answer and go on where you left off. This link is yours alone: whoever has it can read and write here.',
        href: `${chat}#return=${page.token}`,
        label: 'Open the conversation',
      };
    case 'expired':
      return {
        title: 'This link has expired',
        words:
          'Links from our e-mails work for 14 days, and end when another address is given. You can still write to us: start a new chat.',
        href: chat,
        label: 'Start a new chat',
      };
    case 'unknown':
      return {
        title: 'This link is not whole',
        words: 'Part of it is missing or changed. Open it from the e-mail itself, or copy all of it.',
        href: null,
        label: '',
      };
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

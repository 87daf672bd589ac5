import { brandShades } from '@/lib/domain/contrast';

const RIGHT_TO_LEFT = /^(ar|fa|he|ur|yi)\b/;

/** Gives the document the shop's colour, corrected where it would not read, and the direction of its language. */
export function applyTheme(root: HTMLElement, brand: string, locale: string): void {
  const { light, dark } = brandShades(brand);
  const both = (property: string, inLight: string, inDark: string) =>
    root.style.setProperty(property, `light-dark(${inLight}, ${inDark})`);
  both('--brand', light.brand, dark.brand);
  both('--on-brand', light.onBrand, dark.onBrand);
  both('--brand-ink', light.ink, dark.ink);
  both('--brand-tint', light.tint, dark.tint);
  both('--brand-bubble', light.bubble, dark.bubble);
  both('--on-brand-bubble', light.onBubble, dark.onBubble);
  root.lang = locale;
  root.dir = RIGHT_TO_LEFT.test(locale) ? 'rtl' : 'ltr';
}

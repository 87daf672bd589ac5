const ORIGIN = /^https?:\/\/[\w.:[\]-]+$/;

/** An origin that may stand in a policy: scheme, host and port, and nothing that means more than one site. */
export function isSiteOrigin(text: string): boolean {
  return ORIGIN.test(text);
}

/** The origin of an address as people write it, with or without https:// and a path; null for what names no one site. */
export function siteOriginOf(address: string): string | null {
  const text = address.trim();
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return null;
  const { origin } = new URL(full);
  return isSiteOrigin(origin) ? origin : null;
}

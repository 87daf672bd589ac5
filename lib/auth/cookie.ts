/** One name whatever the address, so that the socket's handshake and Next agree on it. */
export function sessionCookieName(baseUrl: string): string {
  return baseUrl.startsWith('https:') ? '__Host-baton.session' : 'baton.session';
}

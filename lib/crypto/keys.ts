import { hkdfSync } from 'node:crypto';

const PURPOSES = ['audit', 'visitor', 'session', 'link', 'rest', 'identity'] as const;
type Purpose = (typeof PURPOSES)[number];
export type Keys = Readonly<Record<Purpose, Buffer>>;

/** One key a purpose, derived from the installation's secret, so that none can stand in for another. */
export function deriveKeys(secret: string): Keys {
  const derive = (purpose: Purpose) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), 'baton', `baton/${purpose}/1`, 32));
  return {
    audit: derive('audit'),
    visitor: derive('visitor'),
    session: derive('session'),
    link: derive('link'),
    rest: derive('rest'),
    identity: derive('identity'),
  };
}

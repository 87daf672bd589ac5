import { ACTIVITY_TOLD_MS, activeStatus } from '@/lib/domain/presence';
import type { DeskClient } from './desk-store';

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const AGAIN_MS = 1000;

type ActivityClient = Pick<DeskClient, 'store' | 'tellActive'>;
type Page = Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
  document: Pick<Document, 'hasFocus'>;
};

/**
 * Tells the server of input in this tab, at most once a minute, and at once when one counts as away. Nothing here waits
 * for a timer: a tab in the background is silent, and takes nothing back from the tab that is used.
 */
export function watchActivity(client: ActivityClient, page: Page = window): () => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = () => {
    const { connection, presence, clockOffset } = client.store.getState();
    if (connection.kind !== 'online' || presence === null) return;
    const now = Date.now();
    const isAway = activeStatus(presence, now + clockOffset) !== presence.status;
    if (now - toldAt < (isAway ? AGAIN_MS : ACTIVITY_TOLD_MS)) return;
    toldAt = now;
    void client.tellActive();
  };
  // Whoever opens a page and looks at it is there before they move.
  const opened = client.store.subscribe(({ presence }) => {
    if (presence === null) return;
    opened();
    if (page.document.hasFocus()) tell();
  });
  for (const input of INPUTS) page.addEventListener(input, tell, { passive: true, capture: true });
  return () => {
    opened();
    for (const input of INPUTS) page.removeEventListener(input, tell, { capture: true });
  };
}

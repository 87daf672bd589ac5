import type { ConnectMessage, FrameMessage, HostMessage } from './frame-messages';

export interface HostBridge {
  identity: string | null;
  origin: string;
  tell(message: FrameMessage): void;
}

/**
 * Waits for the page around this frame to hand over a port, and accepts it from a listed origin only. Whatever else is
 * posted here is not looked at.
 */
export function awaitHost(
  origins: readonly string[],
  onBridge: (bridge: HostBridge) => void,
  onMessage: (message: HostMessage) => void,
): void {
  window.addEventListener('message', (event: MessageEvent<Partial<ConnectMessage> | null>) => {
    const [port] = event.ports;
    const known = event.source === window.parent && origins.includes(event.origin);
    if (!known || port === undefined || event.data?.type !== 'baton:connect') return;
    port.onmessage = (received: MessageEvent<HostMessage>) => onMessage(received.data);
    onBridge({
      identity: event.data.identity ?? null,
      origin: event.origin,
      tell: (message) => port.postMessage(message),
    });
  });
}

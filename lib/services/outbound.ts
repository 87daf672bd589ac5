import { OutboundError } from '@/lib/domain/outbound-error';

export interface OutboundRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** From the first step to the last byte. */
  timeoutMs: number;
  maxBytes: number;
}

/**
 * The way out over HTTP to where an admin says. Hosts of our own networks are reached only where the operator named them,
 * and no redirect is followed.
 */
export interface Outbound {
  /** Throws an OutboundError, whose message holds nothing of what was sent. */
  request(request: OutboundRequest): Promise<{ status: number; body: string }>;
}

/** A process that calls nobody. */
export const NO_OUTBOUND: Outbound = {
  request: () => Promise.reject(new OutboundError('blocked', 'This process calls nobody.')),
};

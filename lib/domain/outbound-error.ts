/** Why a call came to nothing, as the log may keep it. */
export const OUTBOUND_FAULTS = ['blocked', 'timeout', 'too_large', 'unreached'] as const;
export type OutboundFault = (typeof OUTBOUND_FAULTS)[number];

export class OutboundError extends Error {
  constructor(
    readonly fault: OutboundFault,
    message: string,
  ) {
    super(message);
  }
}

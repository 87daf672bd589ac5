import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const ackSeconds = new Histogram({
  name: 'message_ack_seconds',
  help: 'From a socket event to its acknowledgement',
  labelNames: ['event'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 8],
  registers: [registry],
});

export const socketConnections = new Gauge({
  name: 'socket_connections',
  help: 'Open sockets',
  labelNames: ['side'],
  registers: [registry],
});

export const viewFrames = new Counter({
  name: 'view_frames_total',
  help: 'Coalesced frames sent to watching agents',
  registers: [registry],
});

export const timerLateness = new Histogram({
  name: 'timer_lateness_seconds',
  help: 'How late a timer ran',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  registers: [registry],
});

const ackSecondsOf = new Map<string, ReturnType<typeof ackSeconds.labels>>();

/** The series of an event is looked up once, not for every message. */
export function observeAck(event: string, ms: number): void {
  const held = ackSecondsOf.get(event) ?? ackSeconds.labels(event);
  ackSecondsOf.set(event, held);
  held.observe(ms / 1000);
}

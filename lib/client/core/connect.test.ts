import { describe, expect, test } from 'vitest';
import type { ServerToVisitor, VisitorToServer } from '@/lib/protocol';
import { type ConnectionState, connect } from './connect';
import { fakeClock } from './fake-clock';
import { fakeWire } from './fake-wire';

function world(onRefused?: () => boolean) {
  const wire = fakeWire();
  const clock = fakeClock();
  const network = new EventTarget();
  const states: ConnectionState['kind'][] = [];
  const connection = connect<VisitorToServer, ServerToVisitor>({
    namespace: '/visitor',
    auth: () => ({}),
    wire,
    clock,
    network,
    random: () => 1,
    ...(onRefused ? { onRefused } : {}),
  });
  connection.onState((state) => states.push(state.kind));
  return { wire, clock, network, connection, states };
}

describe('connect', () => {
  test('tries again after a wait that doubles, until it is back', async () => {
    const { wire, clock, states } = world();
    await wire.refuse(null);
    clock.advance(499);
    expect(wire.opened).toBe(1);
    clock.advance(1);
    expect(wire.opened).toBe(2);
    await wire.refuse(null);
    clock.advance(999);
    expect(wire.opened).toBe(2);
    clock.advance(1);
    await wire.up();
    expect(states).toEqual(['waiting', 'connecting', 'waiting', 'connecting', 'online']);
  });

  test('a lost connection answers what was asked with unavailable', async () => {
    const { wire, connection } = world();
    await wire.up();
    const answer = connection.request('handoff:request', {});
    await wire.down();
    expect(await answer).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });

  test('asked without a connection: unavailable at once', async () => {
    const { wire, connection } = world();
    expect(await connection.request('session:open', {})).toMatchObject({ error: { code: 'unavailable' } });
    expect(wire.asked).toHaveLength(0);
  });

  test('the browser going offline is a lost connection; coming online tries at once', async () => {
    const { wire, network, connection } = world();
    await wire.up();
    network.dispatchEvent(new Event('offline'));
    expect(connection.state().kind).toBe('waiting');
    expect(wire.connected()).toBe(false);
    network.dispatchEvent(new Event('online'));
    expect(wire.opened).toBe(2);
  });

  test('a moving server is left when the last answer is in, and met again later', async () => {
    const { wire, clock, connection } = world();
    await wire.up();
    const answer = connection.request('session:open', {});
    await wire.emit('server:moving', { retryMs: 2000 });
    expect(connection.state().kind).toBe('online');
    await wire.take('session:open').answer({ ok: true, data: {} });
    expect(await answer).toMatchObject({ ok: true });
    expect(connection.state().kind).toBe('waiting');
    clock.advance(1999);
    expect(wire.opened).toBe(1);
    clock.advance(1);
    expect(wire.opened).toBe(2);
  });

  test('a refusal that nobody mends is final', async () => {
    const { wire, clock, connection } = world();
    await wire.refuse('forbidden');
    clock.advance(60_000);
    expect(connection.state()).toEqual({ kind: 'refused', code: 'forbidden' });
    expect(wire.opened).toBe(1);
  });

  test('a refusal that is mended is tried again at once', async () => {
    const { wire } = world(() => true);
    await wire.refuse('unauthenticated');
    expect(wire.opened).toBe(2);
  });

  test('a full server is no refusal', async () => {
    const { wire, connection } = world();
    await wire.refuse('limit');
    expect(connection.state().kind).toBe('waiting');
  });

  test('closed is closed', async () => {
    const { wire, clock, network, connection } = world();
    await wire.up();
    connection.close();
    network.dispatchEvent(new Event('online'));
    clock.advance(60_000);
    expect(wire.opened).toBe(1);
    expect(connection.state().kind).toBe('closed');
  });
});

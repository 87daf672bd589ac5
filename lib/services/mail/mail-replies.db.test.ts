import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leaseDueTimers } from '@/db/queries/timers';
import { readAsVisitor } from '../conversation/mark-read';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectNoChange, expectRefused, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { admitVisitor, openSession } from '../visitor/open-session';
import { endPresence, renewPresence } from '../visitor/presence';
import { readReturn, returnUrl } from '../visitor/return-link';
import { mailReplies, REPLY_MAIL, replyMailKey } from './mail-replies';
import { leaveAddress } from './testing';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const EMAIL = 'jonas.berg@post.example';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());
beforeEach(() => world.ctx.db.query('delete from outbox'));

type Made = Awaited<ReturnType<TestWorld['conversation']>>;
async function away(): Promise<Made> {
  const made = await world.conversation('active');
  await leaveAddress(world, made.visitor.id);
  return made;
}
const write = ({ conversationId, ownerEpoch }: Made, body: string) =>
  sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, clientId: world.nextClientId(), body });
/** As the loop runs it, at this instant. */
async function look(): Promise<void> {
  for (const timer of await leaseDueTimers(world.ctx.db, world.clock.now, 15_000, 50)) {
    if (timer.kind === REPLY_MAIL) await mailReplies(world.ctx, timer.conversationId);
  }
}
const mails = () =>
  world.ctx.db.query<{
    id: string;
    recipient: string;
    subject: string;
    text: string;
    conversation_id: string;
  }>(
    `select id, recipient, subject, text, conversation_id from outbox where kind = 'reply' order by created_at`,
  );
const isAwaited = async ({ conversationId }: Made) =>
  (await timersOf(world, conversationId)).includes(replyMailKey(conversationId));
const linkIn = (text = '') => text.match(/\/return\/(\S+)/)?.[1] ?? '';

describe('an answer to somebody who is away', () => {
  it('is mailed once for a burst, a minute after its last words, with all of them and a link back', async () => {
    const made = await away();
    for (const body of ['Your pole is on its way.', 'It arrives on Thursday.', 'Anything else?']) {
      await write(made, body);
      world.clock.now += 20 * SECOND;
      await look();
    }
    expect(await mails()).toEqual([]);
    world.clock.now += 40 * SECOND - 1;
    await look();
    expect(await mails()).toEqual([]);
    world.clock.now += 1;
    await look();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      recipient: EMAIL,
      subject: 'Larkfell: Ana answered you',
      conversation_id: made.conversationId,
    });
    expect(mail?.text).toMatch(/on its way\.[\s\S]*on Thursday\.[\s\S]*Anything else\?/);
    const told = (await logOf(world, made.conversationId)).at(-1);
    expect(told).toMatchObject({
      kind: 'customer.mailed',
      visible: null,
      actor: { kind: 'system', job: 'mail' },
      payload: { mailId: mail?.id, count: 3 },
    });
    expect(JSON.stringify(await logOf(world, made.conversationId))).not.toContain('jonas');
    expect(await isAwaited(made)).toBe(false);
    const sender = await world.ctx.db.query(`select 1 from timers where key = 'outbox.due'`);
    expect(sender).toHaveLength(1);

    world.clock.now += MINUTE;
    await write(made, 'One more thing.');
    world.clock.now += MINUTE;
    await look();
    const [, second] = await mails();
    expect(second?.text).toContain('One more thing.');
    expect(second?.text).not.toContain('on its way');
  });

  it('is mailed five minutes after its first words at the latest', async () => {
    const made = await away();
    for (let minute = 0; minute < 6; minute++) {
      await write(made, `Part ${minute}`);
      await look();
      world.clock.now += 55 * SECOND;
      await look();
    }
    const [mail] = await mails();
    expect(mail?.text).toContain('Part 0');
    expect(mail?.text).toContain('Part 5');
  });

  it('is no mail where it was read, where nobody left an address, and where there is none any more', async () => {
    const nobody = await world.conversation('active');
    await write(nobody, 'Hello?');
    expect(await isAwaited(nobody)).toBe(false);
    const read = await away();
    const { visibleSeq } = await write(read, 'Read at once.');
    await readAsVisitor(world.ctx, read.visitor, { upTo: visibleSeq });
    const gone = await away();
    await write(gone, 'To nobody.');
    await world.ctx.db.query('update visitors set email = null where id = $1::uuid', [gone.visitor.id]);
    world.clock.now += MINUTE;
    await look();
    expect(await mails()).toEqual([]);
    expect([await isAwaited(read), await isAwaited(gone)]).toEqual([false, false]);
  });

  it('waits while some server hears them, and goes out if they leave without having looked', async () => {
    const made = await away();
    expect(await renewPresence(world.ctx, [made.visitor.id])).toEqual([made.visitor.id]);
    await write(made, 'Are you there?');
    for (let second = 0; second < 120; second += 10) {
      world.clock.now += 10 * SECOND;
      await renewPresence(world.ctx, [made.visitor.id]);
      await look();
    }
    expect(await mails()).toEqual([]);
    await endPresence(world.ctx, [made.visitor.id]);
    world.clock.now += 10 * SECOND;
    await look();
    expect(await mails()).toEqual([]);
    world.clock.now += SECOND;
    await look();
    expect(await mails()).toHaveLength(1);
    const { visitor } = await world.conversation('bot');
    expect(await renewPresence(world.ctx, [visitor.id])).toEqual([]);
  });

  it('is one mail, however many processes look at once', async () => {
    const made = await away();
    await write(made, 'Once.');
    world.clock.now += MINUTE;
    await Promise.all(Array.from({ length: 5 }, () => mailReplies(world.ctx, made.conversationId)));
    expect(await mails()).toHaveLength(1);
    await expectNoChange(world, () => mailReplies(world.ctx, made.conversationId));
    await expectNoChange(world, () => mailReplies(world.ctx, world.ctx.newId()));
  });

  it('waits where an address was written to often enough for a day', async () => {
    const made = await away();
    for (let index = 0; index < 20; index++) {
      await world.ctx.db.query(
        `insert into outbox (id, kind, recipient, subject, text, html, state, created_at, due_at)
         values ($1::uuid, 'test', $2::text, '', '', '', 'sent', $3::timestamptz, $3::timestamptz)`,
        [world.ctx.newId(), EMAIL, new Date(world.clock.now)],
      );
    }
    await write(made, 'Too much.');
    world.clock.now += MINUTE;
    await look();
    expect(await mails()).toEqual([]);
    expect(await isAwaited(made)).toBe(true);
    world.clock.now += DAY;
    await look();
    expect(await mails()).toHaveLength(1);
  });
});

describe('the link back', () => {
  async function mailed() {
    const made = await away();
    await write(made, 'Here it is.');
    world.clock.now += MINUTE;
    await look();
    const link = linkIn((await mails()).at(-1)?.text);
    return { ...made, link };
  }
  const visitors = () => world.ctx.db.query('select id, customer_id from visitors order by id');

  it('opens the conversation in another browser, as the same visitor', async () => {
    const { visitor, conversationId, link } = await mailed();
    const actor = await admitVisitor(world.ctx, { widget: 'shop', link });
    expect(actor).toMatchObject({ id: visitor.id, conversationId });
    const session = await openSession(world.ctx, actor);
    expect(session.conversation?.conversationId).toBe(conversationId);
    expect(session.email).toBe(EMAIL);
    const again = await admitVisitor(world.ctx, { widget: 'shop', token: session.token });
    expect(again.id).toBe(visitor.id);
    await sendAsVisitor(world.ctx, again, { clientId: world.nextClientId(), body: 'Thank you!' });
    expect((await logOf(world, conversationId)).at(-1)).toMatchObject({ payload: { author: 'visitor' } });
  });

  it('is looked at as often as anybody likes, and nothing changes', async () => {
    const { link } = await mailed();
    for (let look = 0; look < 3; look++) {
      const found = await expectNoChange(world, () => readReturn(world.ctx, link));
      expect(found.kind).toBe('open');
    }
    expect((await admitVisitor(world.ctx, { widget: 'shop', link })).kind).toBe('visitor');
  });

  it('counts alone: what else the browser says of itself ties nobody to the conversation', async () => {
    const { visitor, link } = await mailed();
    const own = await world.visitor();
    const before = await visitors();
    const actor = await admitVisitor(world.ctx, { ...world.signedIn(own, 'somebody-else'), link });
    expect(actor.id).toBe(visitor.id);
    expect(await visitors()).toEqual(before);
  });

  it('ends after fourteen days, with another address, and where it is changed', async () => {
    const { visitor, link } = await mailed();
    const refused = (text: string) =>
      expectRefused(world, 'unauthenticated', () => admitVisitor(world.ctx, { widget: 'shop', link: text }));
    await refused(`${link}x`);
    await refused(link.slice(0, 20));
    await refused('');
    expect((await readReturn(world.ctx, `${link}x`)).kind).toBe('unknown');
    world.clock.now += 14 * DAY - MINUTE;
    expect((await readReturn(world.ctx, link)).kind).toBe('open');
    world.clock.now += MINUTE;
    expect(await readReturn(world.ctx, link)).toMatchObject({ kind: 'expired', widget: { key: 'shop' } });
    await refused(link);
    const fresh = returnUrl(world.ctx, visitor.id, EMAIL).split('/return/')[1] ?? '';
    expect((await readReturn(world.ctx, fresh)).kind).toBe('open');
    await leaveAddress(world, visitor.id, 'another@post.example');
    expect((await readReturn(world.ctx, fresh)).kind).toBe('expired');
    await refused(fresh);
  });
});

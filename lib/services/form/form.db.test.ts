import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFormLink, signFormLink } from '@/lib/crypto/form-link';
import { signText, targetSecret } from '@/lib/crypto/form-target';
import { FORM_LINK_MINUTES, type FormTemplate } from '@/lib/domain/form-template';
import { answerTurn } from '../bot/answer';
import { claim } from '../handoff/claim';
import { requestPerson } from '../handoff/request';
import { resolve } from '../handoff/resolve';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectNoChange, expectRefused, footprint, handoffOf, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { openSession, visitorSnapshot } from '../visitor/open-session';
import { changeForm } from './change';
import { chooseForm } from './choose';
import { readFormSecret, reportForm, targetUrl } from './external';
import { openFormFile } from './open-file';
import { readForm } from './read';
import { revealForm } from './reveal';
import { rotateSealingKeys } from './rotate-keys';
import { listForms, sendForm } from './send';
import { submitForm } from './submit';
import { IBAN, makeForm, newestToken, offeredForm, REFUND, WRITTEN } from './testing';

const LIFE_MS = FORM_LINK_MINUTES * 60_000;

let world: TestWorld;
let template: FormTemplate;
beforeAll(async () => {
  world = await openTestWorld();
  template = await makeForm(world);
});
afterAll(() => world.close());

/** The bot has the conversation, and its customer took the form. */
async function chosen(returnTo = '') {
  const made = await world.conversation('bot');
  const { handoffId, templateId } = await offeredForm(world, made.visitor, made.conversationId);
  await chooseForm(world.ctx, made.visitor, { handoffId, templateId, returnTo });
  const token = await newestToken(world, made.conversationId);
  return { ...made, handoffId, token, linkId: readFormLink(world.ctx.keys.link, token)?.linkId ?? '' };
}

/** Ana has the conversation and sent the form. */
async function sent() {
  const made = await world.conversation('active');
  await sendForm(world.ctx, world.ana, fenced(made));
  const token = await newestToken(world, made.conversationId);
  return { ...made, token, linkId: readFormLink(world.ctx.keys.link, token)?.linkId ?? '' };
}
const fenced = ({ conversationId, ownerEpoch }: { conversationId: string; ownerEpoch: number }) => ({
  conversationId,
  ownerEpoch,
  templateId: template.id,
});
const owned = ({ conversationId, ownerEpoch }: { conversationId: string; ownerEpoch: number }) => ({
  conversationId,
  ownerEpoch,
});
const notesOf = async (conversationId: string) =>
  (
    await world.ctx.db.query<{ body: string }>(
      `select body from messages where conversation_id = $1::uuid and kind = 'note' order by seq`,
      [conversationId],
    )
  ).map(({ body }) => body);
const kindsOf = async (conversationId: string) =>
  (await logOf(world, conversationId)).map(({ kind }) => kind);

describe('the form path', () => {
  it('stands in the offer, leads to a link, and lets the bot go on', async () => {
    const made = await chosen();
    expect(await handoffOf(world, made.handoffId)).toMatchObject({ state: 'filling', outcome: null });
    expect((await kindsOf(made.conversationId)).slice(-3)).toEqual([
      'handoff.offered',
      'handoff.formChosen',
      'form.sent',
    ]);
    const snapshot = await visitorSnapshot(world.ctx, made.conversationId);
    expect(snapshot).toMatchObject({ state: 'bot', handoff: null });
    expect(snapshot.events.at(-1)).toMatchObject({
      kind: 'formSent',
      form: { name: 'Refund', minutes: 1, expiresAt: world.clock.now + LIFE_MS },
    });
    await sendAsVisitor(world.ctx, made.visitor, { clientId: world.nextClientId(), body: 'And postage?' });
    await answerTurn(world.ctx, made.conversationId);
    expect((await kindsOf(made.conversationId)).slice(-1)).toEqual(['message.sent']);
  });

  it('again changes nothing; a person can still be asked for, and the link still works', async () => {
    const made = await chosen();
    await expectNoChange(world, () => chooseForm(world.ctx, made.visitor, pick(made)));
    await requestPerson(world.ctx, made.visitor);
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({
      id: made.handoffId,
      state: 'offered',
      paths: ['live', 'follow_up', 'callback', 'form'],
    });
    expect(await submitForm(world.ctx, made.token, WRITTEN)).toMatchObject({ kind: 'sent' });
  });

  it('is refused for what is not offered, and for what is somebody else’s', async () => {
    const made = await world.conversation('bot');
    const offered = await offeredForm(world, made.visitor, made.conversationId);
    const unknown = { ...offered, templateId: world.ctx.newId() };
    await expectRefused(world, 'conflict', () => chooseForm(world.ctx, made.visitor, unknown));
    const stranger = await world.conversation('bot');
    await expectRefused(world, 'not_found', () => chooseForm(world.ctx, stranger.visitor, offered));
    await expectRefused(world, 'invalid', () =>
      chooseForm(world.ctx, made.visitor, { ...offered, extra: 1 } as never),
    );
  });

  it('keeps the page it came from only where it is ours', async () => {
    const at = async (page: string) => {
      const opened = await readForm(world.ctx, (await chosen(page)).token);
      return opened.kind === 'unknown' ? undefined : opened.link.returnTo;
    };
    expect(await at('http://127.0.0.1:3000/shop?x=1')).toBe('http://127.0.0.1:3000/shop?x=1');
    expect(await at('https://evil.example/')).toBeNull();
    expect(await at('javascript:alert(1)')).toBeNull();
  });

  it('is filled in with what the customer said', async () => {
    const summarise = world.brain.summarise;
    world.brain.summarise = async (input) => ({
      ...(await summarise(input)),
      gathered: [
        { label: 'Order', value: '1042', messageId: 'm' },
        { label: 'E-mail', value: 'cy@post.example', messageId: 'm' },
      ],
    });
    const opened = await readForm(world.ctx, (await chosen()).token);
    world.brain.summarise = summarise;
    expect(opened).toMatchObject({ link: { prefilled: { order: '1042', mail: 'cy@post.example' } } });
  });
});

const pick = ({ handoffId }: { handoffId: string }) => ({ handoffId, templateId: template.id, returnTo: '' });

describe('an agent', () => {
  it('sends a form from their own conversation, and nobody else does', async () => {
    const made = await world.conversation('active');
    await expectRefused(world, 'conflict', () => sendForm(world.ctx, world.ben, fenced(made)));
    const olga = await world.agent('Olga', 'agent', [world.teams.orders]);
    await expectRefused(world, 'not_found', () => sendForm(world.ctx, olga, fenced(made)));
    await expectRefused(world, 'conflict', () =>
      sendForm(world.ctx, world.ana, { ...fenced(made), ownerEpoch: made.ownerEpoch + 1 }),
    );
    await sendForm(world.ctx, world.ana, fenced(made));
    expect((await logOf(world, made.conversationId)).at(-1)).toMatchObject({
      kind: 'form.sent',
      actor: { kind: 'agent', name: 'Ana' },
    });
    expect(listForms(world.ctx, world.ana).forms).toContainEqual({
      id: template.id,
      name: 'Refund',
      fields: 4,
    });
  });

  it('ends the link before with the next', async () => {
    const first = await sent();
    world.clock.now += 1000;
    await sendForm(world.ctx, world.ana, fenced(first));
    expect(await readForm(world.ctx, first.token)).toMatchObject({ kind: 'expired' });
    const second = await newestToken(world, first.conversationId);
    expect(await readForm(world.ctx, second)).toMatchObject({ kind: 'open' });
  });

  it('cannot send what is out of use', async () => {
    const made = await world.conversation('active');
    const retired = await makeForm(world, { name: 'Retired', active: false });
    await expectRefused(world, 'conflict', () =>
      sendForm(world.ctx, world.ana, { ...fenced(made), templateId: retired.id }),
    );
  });
});

describe('a submission', () => {
  it('is noted without what is sensitive, and puts the customer in line with the bot at their side', async () => {
    const made = await chosen();
    expect(await submitForm(world.ctx, made.token, WRITTEN)).toMatchObject({ kind: 'sent' });
    expect(await notesOf(made.conversationId)).toEqual([
      'Form submitted: Refund\nOrder: 1042\nWhy: Broken\nIBAN: kept sealed',
    ]);
    expect((await kindsOf(made.conversationId)).slice(-3)).toEqual([
      'form.submitted',
      'note.added',
      'handoff.queued',
    ]);
    expect(await headOf(world, made.conversationId)).toMatchObject({ state: 'pending' });
    const { handoff, events } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({ state: 'pending', followUp: true });
    expect(events.map(({ kind }) => kind)).toContain('formSubmitted');
    await sendAsVisitor(world.ctx, made.visitor, { clientId: world.nextClientId(), body: 'And postage?' });
    await answerTurn(world.ctx, made.conversationId);
    expect((await logOf(world, made.conversationId)).at(-1)?.actor.kind).toBe('bot');
  });

  it('stays with the agent who has the conversation', async () => {
    const made = await sent();
    await submitForm(world.ctx, made.token, WRITTEN);
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'active',
      agent_id: world.ana.id,
    });
    expect((await kindsOf(made.conversationId)).slice(-2)).toEqual(['form.submitted', 'note.added']);
  });

  it('is read by a person also when the conversation was resolved since', async () => {
    const made = await sent();
    await resolve(world.ctx, world.ana, owned(made));
    await submitForm(world.ctx, made.token, WRITTEN);
    expect(await headOf(world, made.conversationId)).toMatchObject({ state: 'pending', agent_id: null });
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({ state: 'pending', followUp: true });
    await claim(world.ctx, world.ben, { conversationId: made.conversationId, handoffId: handoff?.id ?? '' });
  });

  it('goes to the team of the form', async () => {
    const { id: templateId } = await makeForm(world, {
      name: 'Address',
      teamId: world.teams.orders,
      offer: null,
    });
    const made = await world.conversation('active');
    await sendForm(world.ctx, world.ana, { ...fenced(made), templateId });
    const token = await newestToken(world, made.conversationId);
    await resolve(world.ctx, world.ana, owned(made));
    await submitForm(world.ctx, token, WRITTEN);
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'pending',
      team_id: world.teams.orders,
    });
  });

  it('with faults keeps nothing and spends nothing', async () => {
    const made = await chosen();
    const wrong = { ...WRITTEN, iban: 'NO00', why: 'Else' };
    const answer = await expectNoChange(world, () => submitForm(world.ctx, made.token, wrong));
    expect(answer).toEqual({
      kind: 'faulty',
      faults: { why: 'Choose one of these.', iban: 'This is no whole IBAN. Check it against your card.' },
    });
    expect(await submitForm(world.ctx, made.token, WRITTEN)).toMatchObject({ kind: 'sent' });
  });

  it('of fifty at once is kept once', async () => {
    const made = await sent();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        submitForm(world.ctx, made.token, { ...WRITTEN, order: String(1000 + index) }),
      ),
    );
    const came = answers.map(({ kind }) => kind);
    expect(came.filter((kind) => kind === 'sent')).toHaveLength(1);
    expect(came.filter((kind) => kind === 'submitted')).toHaveLength(49);
    expect(await notesOf(made.conversationId)).toHaveLength(1);
    const kinds = await kindsOf(made.conversationId);
    expect(kinds.filter((kind) => kind === 'form.submitted')).toHaveLength(1);
    const [row] = await world.ctx.db.query<{ count: number }>(
      'select count(*)::int as count from form_submissions where link_id = $1::uuid',
      [made.linkId],
    );
    expect(row?.count).toBe(1);
  });

  it('is refused a second time, too late, tampered with, and of another kind', async () => {
    const used = await sent();
    await submitForm(world.ctx, used.token, WRITTEN);
    expect(await expectNoChange(world, () => submitForm(world.ctx, used.token, WRITTEN))).toMatchObject({
      kind: 'submitted',
    });
    const late = await sent();
    world.clock.now += LIFE_MS;
    expect(await expectNoChange(world, () => submitForm(world.ctx, late.token, WRITTEN))).toMatchObject({
      kind: 'expired',
    });
    const longer = signFormLink(world.ctx.keys.rest, {
      linkId: late.linkId,
      expiresAt: world.clock.now + LIFE_MS,
    });
    for (const token of [longer, `${late.token}x`, late.token.slice(1), 'x.y', '']) {
      expect(await expectNoChange(world, () => submitForm(world.ctx, token, WRITTEN))).toEqual({
        kind: 'unknown',
      });
    }
  });

  it('looking changes nothing, however often', async () => {
    const made = await sent();
    const before = await footprint(world);
    for (let looks = 0; looks < 5; looks++)
      expect(await readForm(world.ctx, made.token)).toMatchObject({ kind: 'open' });
    expect(await footprint(world)).toBe(before);
  });

  it('tells where to answer whoever gave no address before', async () => {
    const made = await sent();
    await submitForm(world.ctx, made.token, { ...WRITTEN, mail: 'cy@post.example' });
    expect((await openSession(world.ctx, made.visitor)).email).toBe('cy@post.example');
    await sendForm(world.ctx, world.ana, fenced(made));
    await submitForm(world.ctx, await newestToken(world, made.conversationId), {
      ...WRITTEN,
      mail: 'x@y.example',
    });
    expect((await openSession(world.ctx, made.visitor)).email).toBe('cy@post.example');
  });
});

describe('what is sensitive', () => {
  it('stands in no row in the clear', async () => {
    const made = await sent();
    await submitForm(world.ctx, made.token, WRITTEN);
    await revealForm(world.ctx, world.ana, pickLink(made));
    const dumps = await Promise.all(
      [
        'messages',
        'events',
        'handoffs',
        'form_links',
        'form_submissions',
        'conversations',
        'outbox',
        'settings',
      ].map((table) => world.ctx.db.query<{ text: string }>(`select t::text as text from ${table} t`)),
    );
    const all = dumps
      .flat()
      .map(({ text }) => text)
      .join('\n');
    expect(all).toContain('Broken');
    for (const form of [IBAN, Buffer.from(IBAN).toString('hex')]) expect(all).not.toContain(form);
    expect(JSON.stringify(world.published)).not.toContain(IBAN);
  });

  it('is shown to whoever may see it, and that they looked is in the log', async () => {
    const made = await sent();
    await submitForm(world.ctx, made.token, WRITTEN);
    const look = (actor: Parameters<typeof revealForm>[1]) => revealForm(world.ctx, actor, pickLink(made));
    await expectRefused(world, 'not_found', () => look(world.ben));
    expect(await look(world.ana)).toEqual({
      answers: [{ id: 'iban', label: 'IBAN', value: IBAN, isFile: false }],
    });
    expect((await logOf(world, made.conversationId)).at(-1)).toMatchObject({
      kind: 'form.revealed',
      visible: null,
      actor: { kind: 'agent', name: 'Ana' },
      payload: { linkId: made.linkId, fields: ['iban'] },
    });
    for (const supervises of [
      await world.agent('Sue', 'supervisor'),
      await world.agent('Ada', 'admin', []),
    ]) {
      expect(await look(supervises)).toMatchObject({ answers: [{ value: IBAN }] });
    }
    const oda = await world.agent('Oda', 'supervisor', [world.teams.orders]);
    await expectRefused(world, 'not_found', () => look(oda));
    const other = await sent();
    await expectRefused(world, 'not_found', () =>
      revealForm(world.ctx, world.ana, { conversationId: other.conversationId, linkId: made.linkId }),
    );
    await expectRefused(world, 'not_found', () => revealForm(world.ctx, world.ana, pickLink(other)));
  });

  it('does not open for another link', async () => {
    const [one, two] = [await sent(), await sent()];
    for (const { token } of [one, two]) await submitForm(world.ctx, token, WRITTEN);
    await world.ctx.db.query(
      `update form_submissions set sealed = (select sealed from form_submissions where link_id = $1::uuid) where link_id = $2::uuid`,
      [one.linkId, two.linkId],
    );
    await expect(revealForm(world.ctx, world.ana, pickLink(two))).rejects.toThrow();
    await world.ctx.db.query('delete from form_submissions where link_id = $1::uuid', [two.linkId]);
  });
});

describe('a file', () => {
  const bytes = Buffer.from('89504e470d0a1a0a00112233', 'hex');
  const photo = { name: 'pole.png', size: bytes.length, type: 'image/png', bytes } as const;
  const withPhoto = async () => {
    const { id: templateId } = await makeForm(world, {
      name: 'With photo',
      offer: null,
      fields: [
        {
          id: 'photo',
          label: 'Photo',
          help: '',
          required: true,
          sensitive: false,
          prefill: null,
          kind: 'file',
          accept: 'images',
          maxMb: 1,
        },
      ],
    });
    const made = await world.conversation('active');
    await sendForm(world.ctx, world.ana, { ...fenced(made), templateId });
    const token = await newestToken(world, made.conversationId);
    const linkId = readFormLink(world.ctx.keys.link, token)?.linkId ?? '';
    return { conversationId: made.conversationId, linkId, token };
  };
  const take = (
    actor: Parameters<typeof openFormFile>[1],
    made: { conversationId: string; linkId: string },
  ) => openFormFile(world.ctx, actor, { ...pickLink(made), fieldId: 'photo' });

  it('is kept sealed, and whoever may see it has it as it came; the log says who', async () => {
    const made = await withPhoto();
    expect(await submitForm(world.ctx, made.token, {}, 'page', { photo })).toMatchObject({ kind: 'sent' });
    expect(await notesOf(made.conversationId)).toEqual(['Form submitted: With photo\nPhoto: kept sealed']);
    const [row] = await world.ctx.db.query<{ sealed: Buffer; size: number }>(
      'select sealed, size from form_files where link_id = $1::uuid',
      [made.linkId],
    );
    expect(row?.size).toBe(bytes.length);
    expect(row?.sealed.includes(bytes)).toBe(false);
    expect(await revealForm(world.ctx, world.ana, pickLink(made))).toEqual({
      answers: [{ id: 'photo', label: 'Photo', value: 'pole.png', isFile: true }],
    });
    expect(await take(world.ana, made)).toEqual({ name: 'pole.png', type: 'image/png', bytes });
    expect((await logOf(world, made.conversationId)).at(-1)).toMatchObject({
      kind: 'form.revealed',
      payload: { fields: ['photo'] },
    });
    await expectRefused(world, 'not_found', () => take(world.ben, made));
    const other = await sent();
    await expectRefused(world, 'not_found', () => take(world.ana, { ...other, linkId: made.linkId }));
    world.clock.now += 1000;
    await rotateSealingKeys(world.ctx, () => {});
    expect((await take(world.ana, made)).bytes).toEqual(bytes);
  });

  it('that is no picture, too large or missing keeps nothing', async () => {
    const made = await withPhoto();
    const large = Buffer.concat([bytes, Buffer.alloc(1024 * 1024)]);
    for (const wrong of [
      {},
      { photo: { ...photo, type: null } },
      { photo: { ...photo, bytes: large, size: large.length } },
      { other: photo },
    ]) {
      const answer = await expectNoChange(world, () => submitForm(world.ctx, made.token, {}, 'page', wrong));
      expect(answer).toMatchObject({ kind: 'faulty', faults: { photo: expect.any(String) } });
    }
  });
});

describe('the keys', () => {
  const keys = async () =>
    (await world.ctx.db.query<{ id: string }>('select id from sealing_keys order by created_at, id')).map(
      ({ id }) => id,
    );

  it('rotate: all is sealed anew and readable, the old key is gone, and the log says so', async () => {
    const made = await sent();
    await submitForm(world.ctx, made.token, WRITTEN);
    const before = await keys();
    world.clock.now += 1000;
    const { resealed, destroyed } = await rotateSealingKeys(world.ctx, () => {});
    expect(resealed).toBeGreaterThan(0);
    expect(destroyed).toBe(before.length);
    const after = await keys();
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]);
    expect(await revealForm(world.ctx, world.ana, pickLink(made))).toMatchObject({
      answers: [{ value: IBAN }],
    });
    const [event] = await world.ctx.db.query<{ kind: string; payload: unknown }>(
      'select kind, payload from stream_events order by seq desc limit 1',
    );
    expect(event).toMatchObject({ kind: 'forms.keysRotated', payload: { keyId: after[0], resealed } });
  });

  it('rotate while forms come in: none is lost, and each can be opened', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => sent()));
    const came = Promise.all(made.map(({ token }) => submitForm(world.ctx, token, WRITTEN)));
    for (let turn = 0; turn < 4; turn++) {
      world.clock.now += 1;
      await rotateSealingKeys(world.ctx, () => {});
    }
    expect((await came).map(({ kind }) => kind)).toEqual(made.map(() => 'sent'));
    for (const each of made) {
      expect(await revealForm(world.ctx, world.ana, pickLink(each))).toMatchObject({
        answers: [{ value: IBAN }],
      });
    }
  });
});

describe('a form that is hosted elsewhere', () => {
  const elsewhere = async () => {
    const { id: templateId } = await makeForm(world, {
      name: 'Elsewhere',
      offer: null,
      target: { kind: 'external', url: 'https://forms.example/claim?shop=larkfell' },
    });
    const made = await world.conversation('active');
    await sendForm(world.ctx, world.ana, { ...fenced(made), templateId });
    return { ...made, templateId, token: await newestToken(world, made.conversationId) };
  };
  const signed = (templateId: string, body: string, at = world.clock.now) => {
    const seconds = Math.floor(at / 1000);
    const secret = targetSecret(world.ctx.keys.link, templateId);
    return `t=${seconds},v1=${signText(secret, `${seconds}.${body}`)}`;
  };
  const bodyOf = (form: string, answers: Record<string, string> = WRITTEN) =>
    JSON.stringify({ form, answers });

  it('is opened there with the link, the way back and what the chat gathered, signed', async () => {
    const made = await elsewhere();
    const opened = await readForm(world.ctx, made.token);
    if (opened.kind === 'unknown') throw new Error('It is known');
    const link = { ...opened.link, prefilled: { order: '10 42' } };
    const url = targetUrl(world.ctx, made.token, { ...opened, link }, '/widget?key=shop') ?? '';
    const [address, query = ''] = url.split('?');
    expect(address).toBe('https://forms.example/claim');
    const parameters = new URLSearchParams(query);
    expect(Object.fromEntries(parameters)).toMatchObject({
      shop: 'larkfell',
      baton_form: made.token,
      baton_return: 'http://127.0.0.1:3000/widget?key=shop',
      order: '10 42',
    });
    const [text, signature] = query.split('&baton_signature=');
    expect(signature).toBe(signText(targetSecret(world.ctx.keys.link, made.templateId), text ?? ''));
    expect(targetUrl(world.ctx, made.token, { ...opened, link: { ...link, form: REFUND } }, '/')).toBeNull();
  });

  it('reports once, in time, and only under its own signature', async () => {
    const made = await elsewhere();
    const body = bodyOf(made.token);
    const other = await makeForm(world, { name: 'Other', offer: null });
    for (const wrong of ['', signed(other.id, body), signed(made.templateId, `${body} `)]) {
      await expectRefused(world, 'unauthenticated', () => reportForm(world.ctx, body, wrong));
    }
    const old = signed(made.templateId, body, world.clock.now - 301_000);
    await expectRefused(world, 'unauthenticated', () => reportForm(world.ctx, body, old));
    // Posting to the hosted page in its place does nothing.
    expect(await expectNoChange(world, () => submitForm(world.ctx, made.token, WRITTEN))).toEqual({
      kind: 'unknown',
    });
    const faulty = bodyOf(made.token, { order: '1042' });
    expect(await reportForm(world.ctx, faulty, signed(made.templateId, faulty))).toMatchObject({
      kind: 'faulty',
    });
    expect(await reportForm(world.ctx, body, signed(made.templateId, body))).toMatchObject({ kind: 'sent' });
    expect(await reportForm(world.ctx, body, signed(made.templateId, body))).toMatchObject({
      kind: 'submitted',
    });
    expect(await notesOf(made.conversationId)).toEqual([
      'Form submitted: Elsewhere\nOrder: 1042\nWhy: Broken\nIBAN: kept sealed',
    ]);
  });

  it('is refused where it is hosted by us, of no form, or no JSON', async () => {
    const made = await sent();
    const body = bodyOf(made.token);
    expect(await reportForm(world.ctx, body, signed(template.id, body))).toEqual({ kind: 'unknown' });
    const none = bodyOf('x.y');
    await expectRefused(world, 'unauthenticated', () =>
      reportForm(world.ctx, none, signed(template.id, none)),
    );
    await expectRefused(world, 'invalid', () => reportForm(world.ctx, '{', signed(template.id, '{')));
    await expectRefused(world, 'invalid', () => reportForm(world.ctx, '[]', signed(template.id, '[]')));
  });

  it('has a secret that admins may see, and that they did is in the log', async () => {
    const { templateId } = await elsewhere();
    await expectRefused(world, 'forbidden', () => readFormSecret(world.ctx, world.ana, { templateId }));
    const admin = await world.agent('Aud', 'admin', []);
    expect(await readFormSecret(world.ctx, admin, { templateId })).toEqual({
      secret: targetSecret(world.ctx.keys.link, templateId),
      reportTo: 'http://127.0.0.1:3000/api/forms/report',
    });
    const [event] = await world.ctx.db.query<{ kind: string; payload: unknown }>(
      'select kind, payload from stream_events order by seq desc limit 1',
    );
    expect(event).toEqual({ kind: 'form.secretShown', payload: { templateId } });
  });
});

const pickLink = ({ conversationId, linkId }: { conversationId: string; linkId: string }) => ({
  conversationId,
  linkId,
});

describe('a template', () => {
  it('is changed by admins over what they saw, with before and after in the log', async () => {
    const admin = await world.agent('Adam', 'admin', []);
    const { id: templateId } = await makeForm(world, { name: 'Change me' });
    const change = (version: number, name: string) =>
      changeForm(world.ctx, admin, { templateId, version, terms: { ...REFUND, name } });
    await expectRefused(world, 'forbidden', () =>
      changeForm(world.ctx, world.ana, { templateId, version: 1, terms: REFUND }),
    );
    await expectRefused(world, 'conflict', () => change(0, 'Blind'));
    expect(await change(1, 'Changed')).toMatchObject({ version: 2, name: 'Changed' });
    await expectNoChange(world, () => change(2, 'Changed'));
    const [event] = await world.ctx.db.query<{ payload: unknown }>(
      `select payload from stream_events where kind = 'form.changed' order by seq desc limit 1`,
    );
    expect(event?.payload).toMatchObject({
      templateId,
      before: { version: 1, terms: { name: 'Change me' } },
      after: { version: 2, terms: { name: 'Changed' } },
    });
    await expectRefused(world, 'not_found', () =>
      changeForm(world.ctx, admin, {
        templateId,
        version: 2,
        terms: { ...REFUND, teamId: world.ctx.newId() },
      }),
    );
  });

  it('changed later, leaves the links that were sent as they were', async () => {
    const { id: templateId } = await makeForm(world, { name: 'Before', offer: null });
    const made = await world.conversation('active');
    await sendForm(world.ctx, world.ana, { ...fenced(made), templateId });
    await changeForm(
      world.ctx,
      { kind: 'system', job: 'test' },
      { templateId, version: 1, terms: { ...REFUND, name: 'After', offer: null, active: false } },
    );
    const token = await newestToken(world, made.conversationId);
    expect(await readForm(world.ctx, token)).toMatchObject({
      kind: 'open',
      link: { form: { name: 'Before' } },
    });
    expect(await submitForm(world.ctx, token, WRITTEN)).toMatchObject({ kind: 'sent' });
  });
});

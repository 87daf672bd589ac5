import { describe, expect, it } from 'vitest';
import type { Turn } from './judgement';
import {
  isArgument,
  type Lookup,
  type LookupArgument,
  lookupAnswer,
  lookupProblems,
  lookupRequest,
  planLookup,
} from './lookup';

const order: LookupArgument = {
  id: 'order',
  label: 'Order number',
  kind: 'pattern',
  patterns: ['LF-#####'],
  ask: 'What is your order number?',
};
const STATUS: Lookup = {
  id: 'status',
  version: 1,
  name: 'Order status',
  active: true,
  phrases: ['where is my order', 'order status'],
  arguments: [order],
  method: 'GET',
  url: 'https://shop.example/orders/{order}',
  headers: [],
  timeoutMs: 4000,
  values: [
    { path: 'status', kind: 'text' },
    { path: 'delivery.on', kind: 'date' },
  ],
  answer: 'Order {order} is {status}, and comes on {delivery.on}.',
  notFound: 'There is no order {order}.',
};
const talk = (...lines: string[]): Turn[] =>
  lines.map((line, at) => {
    const author = line.startsWith('> ') ? 'bot' : 'visitor';
    return { id: `${at}`, at, author, text: line.replace(/^> /, '') };
  });
const plan = (lookup: Partial<Lookup>, ...lines: string[]) =>
  planLookup([{ ...STATUS, ...lookup }], talk(...lines), null);

describe('what is looked up', () => {
  it('is called for by a phrase, with what was said before', () => {
    expect(plan({}, 'Where is my order LF-20417?')).toMatchObject({ values: { order: 'LF-20417' } });
    expect(plan({}, 'It is lf-20417', '> Thanks', 'So, where is my order')).toMatchObject({
      values: { order: 'lf-20417' },
    });
    expect(plan({}, 'LF-11111', 'no, LF-22222: order status')).toMatchObject({
      values: { order: 'LF-22222' },
    });
    expect(plan({}, 'LF-20417 leaks')).toBeNull();
    expect(plan({ active: false }, 'Where is my order LF-20417?')).toBeNull();
  });

  it('asks for what is missing, and takes it as the answer to that', () => {
    expect(plan({}, 'Where is my order?')).toMatchObject({ kind: 'ask', argument: order });
    expect(plan({}, 'Where is my order?', `> ${order.ask}`, 'LF-20417')).toMatchObject({ kind: 'call' });
    expect(plan({}, 'Where is my order?', `> ${order.ask}`, 'I do not know')).toBeNull();
    expect(plan({}, 'Where is my order?', `> ${order.ask}`, 'no idea', '> I see', 'LF-20417')).toBeNull();
  });

  it('needs no phrase where a pattern says enough', () => {
    expect(plan({ phrases: [] }, 'LF-20417?')).toMatchObject({ kind: 'call' });
    expect(plan({ phrases: [] }, 'LF-20417?', '> It comes today', 'thanks')).toBeNull();
  });

  it('takes no part of a longer number, and an address whole', () => {
    expect(plan({}, 'order status LF-204171')).toMatchObject({ kind: 'ask' });
    expect(plan({}, 'order status XLF-20417')).toMatchObject({ kind: 'ask' });
    const mail = { ...order, kind: 'email' as const, patterns: [] };
    expect(plan({ arguments: [mail] }, 'order status, I am cy@post.example.')).toMatchObject({
      values: { order: 'cy@post.example' },
    });
  });

  it('knows who the customer is from the site alone', () => {
    const who = { ...order, kind: 'identity' as const, patterns: [] };
    const lookups = [{ ...STATUS, arguments: [who] }];
    const said = talk('Where is my order? I am 1042');
    expect(planLookup(lookups, said, null)).toBeNull();
    expect(planLookup(lookups, said, '1042')).toMatchObject({ values: { order: '1042' } });
    expect(isArgument(who, '1042')).toBe(false);
    expect(isArgument(order, 'LF-20417')).toBe(true);
    expect(isArgument(order, 'LF-20417/..')).toBe(false);
  });
});

describe('the call', () => {
  it.each([
    ['a/b?c=d#e', 'https://shop.example/orders/a%2Fb%3Fc%3Dd%23e'],
    ['..', 'https://shop.example/orders/%2E%2E%2E%2E'],
    ['é {order}', 'https://shop.example/orders/%C3%A9%20%7Border%7D'],
  ])('keeps %s in its place', (value, url) => {
    const call = lookupRequest(STATUS, { order: value });
    expect(call).toEqual({ url, body: null });
    expect(new URL(call.url).pathname.split('/')).toHaveLength(3);
  });

  it('sends JSON where it posts', () => {
    const call = lookupRequest({ method: 'POST', url: 'https://shop.example/find' }, { order: '"}' });
    expect(call).toEqual({ url: 'https://shop.example/find', body: '{"order":"\\"}"}' });
  });
});

describe('the answer', () => {
  const say = (body: string) => lookupAnswer(STATUS, { order: 'LF-20417' }, body);
  it('says what was described, in plain words', () => {
    expect(say('{"status":"on its way","delivery":{"on":"2026-12-01T10:00:00Z"},"cost":3}')).toBe(
      'Order LF-20417 is on its way, and comes on 1 December 2026.',
    );
    expect(say('{"status":"{order}\\n\\u0000x","delivery":{"on":"2026-12-01"}}')).toBe(
      'Order LF-20417 is {order} x, and comes on 1 December 2026.',
    );
  });

  it.each([
    '',
    '<html>',
    'null',
    '"x"',
    '[]',
    '{}',
    '{"status":"x"}',
    '{"status":{},"delivery":{"on":"2026-12-01"}}',
    '{"status":"x","delivery":{"on":"soon"}}',
    '{"__proto__":{"status":"x"}}',
  ])('is none in %s', (body) => expect(say(body)).toBeNull());
});

describe('what is wrong with a look-up', () => {
  const faults = (part: Partial<Lookup>) => lookupProblems({ ...STATUS, ...part }).map(({ field }) => field);
  it.each<[string[], Partial<Lookup>]>([
    [[], {}],
    [['url'], { url: 'https://{order}.example/' }],
    [['url'], { url: 'https://user@shop.example/' }],
    [['url'], { url: 'file:///etc/passwd' }],
    [['url'], { url: 'https://shop.example/{customer}' }],
    [['answer'], { answer: 'It is {weather}.' }],
    [['notFound'], { notFound: 'No {status}.' }],
    [['arguments.0.patterns'], { arguments: [{ ...order, patterns: ['#'] }] }],
    [['arguments.0.patterns'], { arguments: [{ ...order, patterns: [] }] }],
    [['arguments.0.ask'], { arguments: [{ ...order, ask: '' }] }],
    [['arguments.1.id'], { arguments: [order, order] }],
    [['values.2.path'], { values: [...STATUS.values, { path: 'order', kind: 'text' }] }],
    [['phrases'], { phrases: [], arguments: [{ ...order, kind: 'email', patterns: [] }] }],
  ])('%j', (expected, part) => expect(faults(part)).toEqual(expected));
});

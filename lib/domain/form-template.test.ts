import { describe, expect, it } from 'vitest';
import { MAX_MESSAGE_LENGTH } from './conversation';
import {
  checkAnswers,
  type FormField,
  fieldId,
  fileTypeOf,
  isOfferedFor,
  MAX_ANSWER_LENGTH,
  minutesToFill,
  partAnswers,
  prefillOf,
  submissionNotes,
  templateProblems,
} from './form-template';

const NOW = Date.UTC(2026, 10, 25, 16);
const any = { help: '', required: true, sensitive: false, prefill: null } as const;
const TEXT: FormField = {
  ...any,
  id: 'text',
  label: 'Text',
  kind: 'text',
  lines: 'one',
  maxLength: 20,
  format: 'any',
};
const STORY: FormField = {
  ...TEXT,
  id: 'story',
  label: 'Story',
  lines: 'many',
  maxLength: MAX_ANSWER_LENGTH,
};
const IBAN: FormField = {
  ...TEXT,
  id: 'iban',
  label: 'IBAN',
  maxLength: 60,
  format: 'iban',
  sensitive: true,
};
const CHOICE: FormField = {
  ...any,
  id: 'choice',
  label: 'Choice',
  kind: 'choice',
  options: ['Small', 'Large'],
};
const date = (when: 'any' | 'past' | 'future'): FormField => ({
  ...any,
  id: 'date',
  label: 'Date',
  kind: 'date',
  when,
});
const EMAIL: FormField = { ...any, id: 'email', label: 'E-mail', kind: 'email' };
const PHONE: FormField = { ...any, id: 'phone', label: 'Phone', kind: 'phone' };
const number = (min: number | null, max: number | null, whole = false): FormField => ({
  ...any,
  id: 'number',
  label: 'Number',
  kind: 'number',
  min,
  max,
  whole,
});

/** What is kept of one answer, or null where it is at fault. */
function kept(field: FormField, value: string, now = NOW): string | null {
  const { answers, faults } = checkAnswers([field], { [field.id]: value }, now);
  expect(Object.keys(faults)).toHaveLength(answers[field.id] === undefined ? 1 : 0);
  return answers[field.id] ?? null;
}

describe('an answer is held to its field', () => {
  it.each<[FormField, string, string | null]>([
    [TEXT, ' 1042 ', '1042'],
    [TEXT, 'x'.repeat(20), 'x'.repeat(20)],
    [TEXT, 'x'.repeat(21), null],
    [TEXT, 'a\r\nb', null],
    [TEXT, 'a\u0000b', null],
    [TEXT, '\ud83d', '\ufffd'],
    [STORY, 'a\r\nb', 'a\nb'],
    [STORY, 'x'.repeat(MAX_ANSWER_LENGTH + 1), null],
    [IBAN, 'no93 8601 1117 947', 'NO9386011117947'],
    [IBAN, 'DE89-3704-0044-0532-0130-00', 'DE89370400440532013000'],
    [IBAN, 'NO93 8601 1117 948', null],
    [IBAN, 'NO93 8601', null],
    [CHOICE, 'Large', 'Large'],
    [CHOICE, 'large', null],
    [CHOICE, 'toString', null],
    [EMAIL, 'jonas@Post.example', 'jonas@post.example'],
    [EMAIL, 'a@b.example, c@d.example', null],
    [PHONE, '+47 22 12 34 56', '+47 22 12 34 56'],
    [PHONE, 'call me', null],
    [PHONE, '12', null],
    [number(1, 9), '9', '9'],
    [number(1, 9), '9.1', null],
    [number(1, 9), '0', null],
    [number(null, null), '1 299,50', '1299.5'],
    [number(null, null), '1e5', null],
    [number(null, null), 'Infinity', null],
    [number(null, null, true), '1.5', null],
  ])('%j takes %j as %j', (field, value, expected) => {
    expect(kept(field, value)).toBe(expected);
  });

  it('a day is a day of the calendar', () => {
    expect(kept(date('any'), '2026-02-28')).toBe('2026-02-28');
    for (const wrong of ['2026-02-29', '2026-13-01', '28.2.2026', '2026-2-3', 'today']) {
      expect(kept(date('any'), wrong), wrong).toBeNull();
    }
  });

  it('a day is past or to come where it is so anywhere on earth, and today is both', () => {
    for (const when of ['past', 'future'] as const) expect(kept(date(when), '2026-11-25')).toBe('2026-11-25');
    expect(kept(date('past'), '2026-11-26')).toBe('2026-11-26');
    expect(kept(date('past'), '2026-11-27')).toBeNull();
    expect(kept(date('future'), '2026-11-24')).toBeNull();
    expect(kept(date('future'), '2026-11-24', Date.UTC(2026, 10, 25, 11))).toBe('2026-11-24');
  });

  it('what may be left out may, and what is not asked for is dropped', () => {
    const optional = { ...TEXT, required: false };
    expect(checkAnswers([optional], { text: '  ', other: 'x', __proto__: 'x' }, NOW)).toEqual({
      answers: {},
      faults: {},
    });
    expect(checkAnswers([TEXT, CHOICE], {}, NOW).faults).toEqual({
      text: 'This is needed.',
      choice: 'Choose one of these.',
    });
  });

  it('a field named like what every object has is not taken for answered', () => {
    expect(checkAnswers([{ ...TEXT, id: 'constructor' }], {}, NOW).faults).toEqual({
      constructor: 'This is needed.',
    });
  });
});

describe('what the chat gathered', () => {
  it('fills the fields that take it over and accept it, and nothing that is sealed', () => {
    const fields: FormField[] = [
      { ...TEXT, prefill: 'order' },
      { ...EMAIL, prefill: 'email' },
      { ...IBAN, prefill: 'order' },
      { ...STORY, required: false },
    ];
    expect(prefillOf(fields, { order: '1042', email: 'no address', item: 'tent' }, NOW)).toEqual({
      text: '1042',
    });
  });
});

describe('who is offered it', () => {
  const template = { active: true, teamId: null, offer: { topics: [], reasons: [], phrases: [] } };
  const to = { teamId: 'returns', reason: 'rule' as const, topic: 'Returns' };
  it.each([
    ['without conditions everybody', {}, true],
    ['its own team', { teamId: 'returns' }, true],
    ['no other team', { teamId: 'orders' }, false],
    ['its topic, however it is written', { offer: { topics: [' returns'], reasons: [], phrases: [] } }, true],
    ['no other topic', { offer: { topics: ['Orders'], reasons: [], phrases: [] } }, false],
    ['its reason', { offer: { topics: [], reasons: ['rule' as const], phrases: [] } }, true],
    ['no other reason', { offer: { topics: ['Returns'], reasons: ['loop' as const], phrases: [] } }, false],
    ['nobody, where only people send it', { offer: null }, false],
    ['nobody, where it is out of use', { active: false }, false],
  ])('%s', (_, change, expected) => {
    expect(isOfferedFor({ ...template, ...change }, to)).toBe(expected);
  });
});

describe('a template', () => {
  const page = { name: 'Form', intro: '', target: { kind: 'page' } as const };
  const of = (fields: FormField[]) => templateProblems({ ...page, fields }).map(({ field }) => field);

  it('has each name once, bounds in order, each choice once, and takes nothing sealed from the chat', () => {
    expect(of([TEXT, CHOICE, number(1, 2), IBAN])).toEqual([]);
    expect(of([TEXT, TEXT])).toEqual(['fields.1.id']);
    expect(of([{ ...TEXT, id: 'constructor' }])).toEqual(['fields.0.id']);
    expect(of([number(2, 1)])).toEqual(['fields.0.max']);
    expect(of([{ ...CHOICE, options: ['a', 'a'] }])).toEqual(['fields.0.options']);
    expect(of([{ ...IBAN, prefill: 'order' }])).toEqual(['fields.0.prefill']);
  });

  it.each([
    ['https://forms.example/return?shop=1', 0],
    ['http://127.0.0.1:4000/form', 0],
    ['http://forms.example/return', 1],
    ['javascript:alert(1)', 1],
    ['https://user@forms.example/', 1],
    ['https://forms.example/#there', 1],
    ['forms.example', 1],
  ])('may be hosted at %s: %i problems', (url, problems) => {
    expect(templateProblems({ ...page, fields: [TEXT], target: { kind: 'external', url } })).toHaveLength(
      problems,
    );
  });

  it('takes about as long as its fields', () => {
    expect(minutesToFill([CHOICE])).toBe(1);
    expect(minutesToFill([TEXT, TEXT, STORY, CHOICE])).toBe(2);
  });
});

describe('what is noted', () => {
  const form = { name: 'Refund', intro: '', target: { kind: 'page' } as const };
  it('names what is sealed and never shows it', () => {
    const fields = [TEXT, IBAN, { ...EMAIL, required: false }];
    const answers = { text: '1042', iban: 'NO9386011117947' };
    expect(submissionNotes({ ...form, fields }, answers)).toEqual([
      'Form submitted: Refund\nText: 1042\nIBAN: kept sealed',
    ]);
    expect(partAnswers(fields, answers)).toEqual({
      open: { text: '1042' },
      sealed: { iban: 'NO9386011117947' },
    });
  });

  it('lets no line of an answer pass for another field', () => {
    expect(submissionNotes({ ...form, fields: [STORY] }, { story: 'a\nIBAN: X' })).toEqual([
      'Form submitted: Refund\nStory: a\n IBAN: X',
    ]);
  });

  it('is parted into as many messages as it takes', () => {
    const fields = Array.from({ length: 9 }, (_, index) => ({ ...STORY, id: `s${index}` }));
    const answers = Object.fromEntries(fields.map(({ id }) => [id, 'x\n'.repeat(999)]));
    const notes = submissionNotes({ ...form, fields }, answers);
    expect(notes.length).toBeGreaterThan(4);
    for (const note of notes) expect(note.length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH);
  });
});

describe('the name of a new field', () => {
  it.each([
    ['E-mail', [], 'e_mail'],
    ['Größe (EU)', [], 'gro_e_eu'],
    ['Order', ['order', 'order_2'], 'order_3'],
    ['2nd name', [], 'nd_name'],
    ['Constructor', [], 'constructor_2'],
    ['שם', [], 'field'],
    ['x'.repeat(80), [], 'x'.repeat(30)],
  ])('of %s beside %j is %s', (label, taken, id) => {
    expect(fieldId(label, taken)).toBe(id);
    expect(id).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
  });
});

describe('a file', () => {
  const PHOTO: FormField = { ...any, id: 'photo', label: 'Photo', kind: 'file', accept: 'images', maxMb: 1 };
  const given = (
    file: { name?: string; size?: number; type?: 'image/png' | 'application/pdf' | null },
    field = PHOTO,
  ) => checkAnswers([field], {}, NOW, { photo: { name: 'a.png', size: 10, type: 'image/png', ...file } });

  it('is what its first bytes say, whatever it is called', () => {
    expect(fileTypeOf(Buffer.from('89504e470d0a1a0a00', 'hex'))).toBe('image/png');
    expect(fileTypeOf(Buffer.from('ffd8ffe0', 'hex'))).toBe('image/jpeg');
    expect(fileTypeOf(Buffer.from('%PDF-1.7'))).toBe('application/pdf');
    expect(fileTypeOf(Buffer.concat([Buffer.from('RIFF0000WEBP')]))).toBe('image/webp');
    expect(fileTypeOf(Buffer.from('    ftypheic'))).toBe('image/heic');
    for (const other of ['', '<svg xmlns', '<html>', 'MZ', 'PK', '\u0089PN']) {
      expect(fileTypeOf(Buffer.from(other, 'latin1')), other).toBeNull();
    }
  });

  it('is held to its kind and size, and may be left out where it may', () => {
    expect(given({}).answers).toEqual({ photo: 'a.png' });
    expect(given({ type: null }).faults.photo).toBe('A picture: JPEG, PNG, WebP, GIF or HEIC.');
    expect(given({ type: 'application/pdf' }).faults.photo).toBeDefined();
    expect(given({ type: 'application/pdf' }, { ...PHOTO, accept: 'documents' }).answers).toEqual({
      photo: 'a.png',
    });
    expect(given({ size: 1024 * 1024 }).faults).toEqual({});
    expect(given({ size: 1024 * 1024 + 1 }).faults.photo).toBe('At most 1 MB.');
    expect(checkAnswers([PHOTO], { photo: 'typed.png' }, NOW).faults.photo).toBe('Choose a file.');
    expect(checkAnswers([{ ...PHOTO, required: false }], {}, NOW)).toEqual({ answers: {}, faults: {} });
  });

  it('is named so that it can be saved anywhere', () => {
    const name = (written: string) => given({ name: written }).answers.photo;
    expect(name('../../etc/passwd')).toBe('_.._etc_passwd');
    expect(name('C:\\photo?.png')).toBe('C__photo_.png');
    expect(name('a\u0000\u202egnp.exe')).toBe('agnp.exe');
    expect(name('...')).toBe('file');
    expect(name('x'.repeat(200))).toHaveLength(100);
  });

  it('is always kept sealed, and is not for a form that is hosted elsewhere', () => {
    const answers = { photo: 'a.png' };
    expect(partAnswers([PHOTO], answers)).toEqual({ open: {}, sealed: answers });
    expect(
      submissionNotes({ name: 'F', intro: '', target: { kind: 'page' }, fields: [PHOTO] }, answers),
    ).toEqual(['Form submitted: F\nPhoto: kept sealed']);
    const form = { name: 'F', intro: '', fields: [PHOTO] };
    expect(
      templateProblems({ ...form, target: { kind: 'external', url: 'https://a.example/' } }),
    ).toHaveLength(1);
    const four = ['a', 'b', 'c', 'd'].map((id) => ({ ...PHOTO, id }));
    expect(templateProblems({ ...form, fields: four, target: { kind: 'page' } })).toHaveLength(1);
  });
});

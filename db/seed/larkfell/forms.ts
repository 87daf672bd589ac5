import type { FormTerms } from '@/lib/domain/form-template';

const field = { help: '', required: true, sensitive: false, prefill: null } as const;
const line = { kind: 'text', lines: 'one', maxLength: 80, format: 'any' } as const;

/** What the shop would rather have in writing, by the team that reads it. */
export const FORMS: readonly { team: 'Returns' | 'Orders'; terms: Omit<FormTerms, 'teamId'> }[] = [
  {
    team: 'Returns',
    terms: {
      name: 'Return request',
      intro:
        'Tell us what comes back and where the money goes. You have 60 days from delivery, also after a night outside.',
      fields: [
        {
          ...field,
          ...line,
          id: 'order',
          label: 'Order',
          help: 'Four digits, in your confirmation e-mail.',
          prefill: 'order',
        },
        { ...field, ...line, id: 'item', label: 'Item', prefill: 'item' },
        { ...field, kind: 'email', id: 'email', label: 'E-mail', prefill: 'email' },
        { ...field, kind: 'date', id: 'delivered', label: 'Delivered on', when: 'past', required: false },
        {
          ...field,
          kind: 'choice',
          id: 'reason',
          label: 'Why does it come back?',
          options: ['It does not fit', 'It is not what I expected', 'It broke', 'It came damaged'],
        },
        {
          ...field,
          kind: 'text',
          id: 'story',
          label: 'What happened',
          lines: 'many',
          maxLength: 1500,
          format: 'any',
          required: false,
        },
        {
          ...field,
          kind: 'file',
          id: 'photo',
          label: 'Photo',
          help: 'Of what broke, if something did.',
          accept: 'images',
          maxMb: 5,
          required: false,
        },
        { ...field, ...line, id: 'holder', label: 'Account holder', sensitive: true },
        {
          ...field,
          kind: 'text',
          id: 'iban',
          label: 'IBAN',
          lines: 'one',
          maxLength: 42,
          format: 'iban',
          sensitive: true,
        },
      ],
      target: { kind: 'page' },
      offer: {
        topics: ['Returns'],
        reasons: [],
        phrases: ['return form', 'start a return', 'start my return'],
      },
      active: true,
    },
  },
  {
    team: 'Orders',
    terms: {
      name: 'Change of delivery address',
      intro: 'As long as the parcel is not on its way, it goes where you say here.',
      fields: [
        {
          ...field,
          ...line,
          id: 'order',
          label: 'Order',
          help: 'Four digits, in your confirmation e-mail.',
          prefill: 'order',
        },
        { ...field, ...line, id: 'name', label: 'Name at the door', prefill: 'name' },
        {
          ...field,
          kind: 'text',
          id: 'address',
          label: 'New address',
          lines: 'many',
          maxLength: 300,
          format: 'any',
        },
        {
          ...field,
          kind: 'phone',
          id: 'phone',
          label: 'Phone for the driver',
          required: false,
          prefill: 'phone',
        },
        { ...field, kind: 'date', id: 'from', label: 'Deliver from', when: 'future', required: false },
      ],
      target: { kind: 'page' },
      offer: { topics: ['Orders'], reasons: [], phrases: [] },
      active: true,
    },
  },
];

/** What e-mails say, by language. `{name}` stands for a value. None of it is anything that a customer wrote. */
const EN = {
  replySubject: '{shop}: {agent} answered you',
  replyTitle: '{agent} answered you',
  replyButton: 'Read and answer in the chat',
  replyWhy: 'You left this address in our chat for the answer, and are sent nothing else.',
  replyLink:
    'The link works for {days} days. Whoever has it can read and write in your conversation: keep it to yourself.',
  replyNotHere: 'Answers to this e-mail are not read. Please answer in the chat.',
  ourTeam: 'Our team',
  testSubject: '{shop}: a test e-mail',
  testTitle: 'It works',
  testBody: 'This is the test e-mail that you asked for. What customers are sent leaves the same way.',
  testButton: 'Back to the outbox',
} as const;

type TextName = keyof typeof EN;
type Texts = Readonly<Record<TextName, string>>;
export type SayInMail = (name: TextName, values?: Readonly<Record<string, string>>) => string;

const LANGUAGES: ReadonlyMap<string, Texts> = new Map([['en', EN]]);

/** Speaks the language of a locale such as `en-GB`, or English. */
export function mailTexts(locale: string): SayInMail {
  const texts = LANGUAGES.get(locale.split('-')[0] ?? '') ?? EN;
  return (name, values = {}) =>
    texts[name].replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

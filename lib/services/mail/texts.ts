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
  bookedSubject: '{shop}: your call on {when}',
  bookedTitle: 'Your call is booked',
  movedSubject: '{shop}: your call is now on {when}',
  movedTitle: 'Your call was moved',
  cancelledSubject: '{shop}: your call on {when} is cancelled',
  cancelledTitle: 'Your call is cancelled',
  nearSubject: '{shop}: your call is in 15 minutes',
  nearTitle: 'Your call is in 15 minutes',
  callAt: '{when}, your time ({city}).',
  callAtThere: '{when}, your time ({city}). That is {there}.',
  byPhone: '{agent} rings {phone}. They have your whole conversation: nothing need be repeated.',
  byVideo: '{agent} meets you at {url}. They have your whole conversation: nothing need be repeated.',
  byChat: '{agent} is in the chat for you then. They have your whole conversation: nothing need be repeated.',
  moveOrCancel: 'Move or cancel the call',
  seeCall: 'See what was agreed',
  joinMeeting: 'Join the meeting',
  openChat: 'Open the chat',
  callWhy: 'You gave this address in our chat for the call, and are sent nothing else.',
  callLink: 'Whoever has the link can move and cancel the call: keep it to yourself.',
  eventTitle: '{shop}: call with {agent}',
  agentNearSubject: '{shop}: your call with {name} is in 15 minutes',
  agentNearVoice: '{name}, by phone. {when} ({city}).',
  agentNearVideo: '{name}, by video. {when} ({city}).',
  agentNearChat: '{name}, by chat. {when} ({city}).',
  agentNearWhy: 'You are told because the call is with you. At its time it stands among your conversations.',
  openConversation: 'Open the conversation',
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

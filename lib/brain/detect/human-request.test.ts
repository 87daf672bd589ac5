import { describe, expect, it } from 'vitest';
import { dialogueOf, wordsOf } from '../test-dialogue';
import { detectHumanRequest } from './human-request';

const value = (...lines: string[]): number | null => detectHumanRequest(dialogueOf(...lines)).value;

describe('human_request', () => {
  it.each([
    'I want to talk to a person',
    'can i speak with a real human please',
    'operator',
    'Human please!',
    'agent!!!',
    'put me through to your returns team',
    'i need to taok to an agnet',
    'could someone from your side have a look at this?',
    'I don’t want to talk to a bot',
    'is there anybody I can talk to?',
    'get me a manager',
    'please call me back',
    'I would like a callback',
    'transfer me to billing support',
    'escalate this please',
    'are you a bot? id rather talk to someone real',
    'let me speak to your supervisor now',
    'live chat',
  ])('fires on "%s"', (text) => {
    const dialogue = dialogueOf(text);
    expect(detectHumanRequest(dialogue)).toMatchObject({ value: 1, threshold: 1, fired: true });
  });

  it.each([
    'are you a bot?',
    'am I talking to a real person?',
    'Which tent fits two persons?',
    'I need a 3 person tent',
    'is there a human resources department?',
    'I don’t need to talk to anyone, just the link',
    'no person needed, just tell me the menu',
    'I already talked to a representative this morning, she fixed it',
    'I am a travel agent, do agents get commission',
    'your agent Anna was great yesterday',
    'what do you want to call me',
    'the contract says that you chat about the weather',
    'I need a password manager',
    'thank you',
  ])('does not fire on "%s"', (text) => expect(value(text)).not.toBe(1));

  it('takes a department as a hint and no more', () => {
    const soft = detectHumanRequest(dialogueOf('how can I contact customer support'));
    expect(soft).toMatchObject({ value: 0.5, fired: false });
  });

  it('takes "yes" as a request only after the bot offered a person', () => {
    const offer = 'bot: I don’t know that. A person can answer it. Shall I connect you?';
    expect(value('do you rent kayaks', offer, 'visitor: yes please')).toBe(1);
    expect(value('do you rent kayaks', offer, 'visitor: connect now')).toBe(1);
    expect(
      value('do you rent kayaks', 'bot: No. Would you like the opening hours?', 'visitor: yes please'),
    ).toBe(0);
    expect(value('do you rent kayaks', offer, 'visitor: yes but where is my order')).toBe(0);
  });

  it('points at the words', () => {
    const dialogue = dialogueOf('Hello! Can I *talk* to an agnet, please?');
    expect(wordsOf(detectHumanRequest(dialogue), dialogue)).toEqual(['talk* to an agnet']);
  });
});

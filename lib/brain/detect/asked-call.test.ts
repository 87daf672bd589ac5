import { describe, expect, it } from 'vitest';
import { ANY_TIME } from '@/lib/domain/asked-time';
import { askedCall } from './asked-call';

const at = (hour: number, minute = 0) => hour * 60 + minute;

describe('a call that is asked for', () => {
  it.each([
    ['Can you call me tomorrow at 3?', { days: 1, minute: at(15) }],
    ['call me back please', {}],
    ['I would like a callback on Friday morning', { weekday: 4, minute: at(8) }],
    ['Please ring me at 10:30', { minute: at(10, 30) }],
    ['Could somebody phone me the day after tomorrow around noon', { days: 2, minute: at(12) }],
    ['call me in two hours', { inMinutes: 120 }],
    ['call me in half an hour', { inMinutes: 30 }],
    ['Call me in 20 minutes', { inMinutes: 20 }],
    ['I want a call on Tuesday at 9am', { weekday: 1, minute: at(9) }],
    ['phone me at 4pm today', { days: 0, minute: at(16) }],
    ['can I speak to someone by phone after five', { minute: at(17) }],
    ['Give me a call tonight at 8', { days: 0, minute: at(20) }],
    ['call me at 17.45', { minute: at(17, 45) }],
    ['call me at 12', { minute: at(12) }],
    ['call me about order 4', {}],
  ])('%s', (text, asked) => {
    expect(askedCall(text)).toEqual({ ...ANY_TIME, ...asked });
  });

  it.each(['I want a person', 'Where is my parcel?', 'They call it a tent'])('is none in: %s', (text) => {
    expect(askedCall(text)).toBeNull();
  });
});

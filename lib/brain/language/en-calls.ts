/** How English asks to be called, and when. Over lower-case text. */
export const ENGLISH_CALLS = {
  asks: /\b(?:call|ring|phone)(?:ing)? (?:me|us)\b|\bcall ?-?back\b|\bgive (?:me|us) a (?:call|ring|bell)\b|\bphone ?call\b|\b(?:schedule|book|arrange|request|want|need|get|have|like|prefer) (?:an? )?(?:phone )?call\b|\b(?:by|over|on|via) (?:the )?(?:phone|telephone)\b/,
  inMinutes:
    /\b(?:in|within) (?:about |around )?(half an|an?|one|two|three|four|five|six|ten|fifteen|twenty|thirty|\d{1,3}) (minutes?|mins?|hours?|hrs?)\b/,
  days: [
    [/\bday after tomorrow\b/, 2],
    [/\btomorrow\b/, 1],
    [/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/, 0],
  ],
  weekdays: /\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b/,
  weekdayNames: 'mon tue wed thu fri sat sun'.split(' '),
  clock:
    /(?:\b(?:at|around|about|after|from|by|past|before)|@) ?(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[:.h](\d{2}))?(?![\d.,:]*\d)(?! (?:minutes?|mins?|hours?|hrs?|days?|times?|euros?|items?|orders?)\b) ?(am|pm|a\.m|p\.m)?/,
  shortClock: /\b(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|a\.m|p\.m)\b|\b(\d{1,2}):(\d{2})\b/,
  parts: [
    [/\b(?:noon|midday|lunch ?time)\b/, 12 * 60],
    [/\bmornings?\b/, 8 * 60],
    [/\bafternoons?\b/, 13 * 60],
    [/\b(?:evenings?|tonight|after work)\b/, 17 * 60],
  ],
  numbers: 'one two three four five six seven eight nine ten eleven twelve'.split(' '),
  others: { 'half an': 0.5, an: 1, a: 1, fifteen: 15, twenty: 20, thirty: 30 },
} as const;

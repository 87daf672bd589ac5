import { CALLBACK_CHANNELS, type CallbackChannel } from './callback';

export interface CallbackSettings {
  version: number;
  /** `slots`: the customer picks a time. `queue`: we call within so long. `off`: not offered. */
  mode: 'slots' | 'queue' | 'off';
  /** Minutes of a call of each kind; null where it is not offered. */
  minutes: Readonly<Record<CallbackChannel, number | null>>;
  /** Where calls by video take place. */
  meetingUrl: string | null;
  /** Kept free after each call. */
  bufferMinutes: number;
  /** Nothing is booked earlier than this from now on. */
  noticeMinutes: number;
  horizonDays: number;
  /** A call that has not begun so long after its time is late. */
  lateMinutes: number;
  /** Without a time: we call within so long of the team's hours. */
  withinMinutes: number;
}

export const DEFAULT_CALLBACK_SETTINGS: CallbackSettings = {
  version: 1,
  mode: 'slots',
  minutes: { voice: 15, video: null, chat: 30 },
  meetingUrl: null,
  bufferMinutes: 5,
  noticeMinutes: 30,
  horizonDays: 7,
  lateMinutes: 5,
  withinMinutes: 120,
};

/** How long a call by video takes where a team begins to offer it. */
export const VIDEO_MINUTES = 30;

/** The kinds of call that a team offers, with their length. */
export function channelsOf(
  settings: Pick<CallbackSettings, 'minutes' | 'meetingUrl'>,
): { channel: CallbackChannel; minutes: number }[] {
  return CALLBACK_CHANNELS.flatMap((channel) => {
    const minutes = settings.minutes[channel];
    if (minutes === null || (channel === 'video' && settings.meetingUrl === null)) return [];
    return [{ channel, minutes }];
  });
}

'use client';

import { type ReactNode, useState } from 'react';
import { CHANNEL_WORDS } from '@/components/ui/words';
import { CALLBACK_CHANNELS, type CallbackChannel } from '@/lib/domain/callback';
import { type CallbackSettings, VIDEO_MINUTES } from '@/lib/domain/callback-settings';
import { durationOf, durationWords } from '@/lib/domain/duration-words';
import { type Answer, readSetting } from './call';
import { SettingsFoot } from './settings-foot';
import { TeamTabs } from './team-tabs';
import { TimeField } from './time-field';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/callbacks';
const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

interface CallbacksOfTeam {
  teamId: string;
  name: string;
  callbacks: CallbackSettings;
}
interface CallbacksPreview {
  booked: number;
  nextAt: number | null;
  free: number;
}

const MODES: Readonly<Record<CallbackSettings['mode'], { name: string; what: string }>> = {
  slots: {
    name: 'At a chosen time',
    what: 'Customers choose one of three times from the team’s hours and its agents’ calendars.',
  },
  queue: {
    name: 'Within a time',
    what: 'Nobody chooses a time: we promise to call within so long, and whoever is free does.',
  },
  off: { name: 'Not offered', what: 'Customers are not offered to be called.' },
};

/** The lengths that are written as words, each with what it is for. */
const TIMES = [
  {
    key: 'bufferMinutes',
    name: 'Kept free after each call',
    means: 'No call begins or ends nearer than this to another.',
    unit: 1,
  },
  {
    key: 'noticeMinutes',
    name: 'Notice',
    means: 'Nothing is booked earlier than this from now on.',
    unit: 1,
  },
  { key: 'horizonDays', name: 'Ahead', means: 'How far ahead customers may choose.', unit: DAY_MINUTES },
  {
    key: 'lateMinutes',
    name: 'Late after',
    means: 'A call that has not begun by then is shown as late. Nobody is alarmed.',
    unit: 1,
  },
  {
    key: 'withinMinutes',
    name: 'As soon as possible means within',
    means: 'Of the team’s hours, where no time is chosen.',
    unit: 1,
  },
] as const satisfies readonly { key: keyof CallbackSettings; name: string; means: string; unit: number }[];
type TimeKey = (typeof TIMES)[number]['key'];

interface Draft {
  mode: CallbackSettings['mode'];
  on: Record<CallbackChannel, boolean>;
  minutes: Record<CallbackChannel, string>;
  meetingUrl: string;
  times: Record<TimeKey, string>;
}

/** How each team calls back. */
export function CallbackSettingsEditor({
  teams,
  mayChange,
}: {
  teams: readonly CallbacksOfTeam[];
  mayChange: boolean;
}) {
  return (
    <TeamTabs
      teams={teams}
      editor={(team, isShown, picker) => (
        <TeamCallbacks team={team} mayChange={mayChange} isShown={isShown}>
          {picker}
        </TeamCallbacks>
      )}
    />
  );
}

function TeamCallbacks({
  team,
  mayChange,
  isShown,
  children,
}: {
  team: CallbacksOfTeam;
  mayChange: boolean;
  isShown: boolean;
  children: ReactNode;
}) {
  const { teamId } = team;
  const setting = useSetting(team.callbacks, ENDPOINT, () => readCallbacks(teamId));
  const { saved, refusal, note, busy } = setting;
  const [draft, setDraft] = useState(() => draftOf(saved));
  const terms = termsOf(draft);
  const changes = changesIn(draft, saved);
  const preview = usePreview<CallbacksPreview>(
    `${ENDPOINT}/preview`,
    isShown && terms !== null ? { teamId, ...terms } : null,
  );
  const fields: Readonly<Record<string, string>> = { ...refusal?.fields, ...preview?.error?.fields };
  const before = draftOf(saved);

  function change(part: Partial<Draft>) {
    setting.forgetRefusal();
    setDraft((held) => ({ ...held, ...part }));
  }
  async function save() {
    if (terms === null) return;
    const after = await setting.save({ teamId, ...terms });
    if (after) setDraft(draftOf(after));
  }

  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <header className="report-head">
            <h1 className="title grow">Callbacks</h1>
            {children}
          </header>
          <section className="set-sec" aria-labelledby={`mode-${teamId}`}>
            <header>
              <h2 id={`mode-${teamId}`}>How {team.name} calls back</h2>
              <span className="sub" role="status">
                {preview?.data && previewText(preview.data, draft.mode)}
              </span>
            </header>
            <fieldset className="seg picker" disabled={!mayChange} aria-labelledby={`mode-${teamId}`}>
              {(['slots', 'queue', 'off'] as const).map((mode) => (
                <label key={mode}>
                  <input
                    type="radio"
                    name={`mode-${teamId}`}
                    className="sr"
                    checked={draft.mode === mode}
                    onChange={() => change({ mode })}
                  />
                  {MODES[mode].name}
                </label>
              ))}
            </fieldset>
            <p className="sub set-note">{MODES[draft.mode].what}</p>
          </section>
          {draft.mode !== 'off' && (
            <section className="set-sec" aria-labelledby={`ways-${teamId}`}>
              <header>
                <h2 id={`ways-${teamId}`}>Ways to talk</h2>
                <span className="sub">With the length of a call</span>
              </header>
              {CALLBACK_CHANNELS.map((channel) => (
                <div key={channel} className="call-way">
                  <label className="switch-line">
                    <input
                      type="checkbox"
                      checked={draft.on[channel]}
                      disabled={!mayChange}
                      onChange={(event) => change({ on: { ...draft.on, [channel]: event.target.checked } })}
                    />
                    Calls {CHANNEL_WORDS[channel]}
                  </label>
                  {draft.on[channel] && (
                    <TimeField
                      name="A call takes"
                      means=""
                      text={draft.minutes[channel]}
                      before={before.minutes[channel]}
                      changed={draft.minutes[channel] !== before.minutes[channel]}
                      fault={faultOf(draft.minutes[channel], 1, fields[`minutes.${channel}`])}
                      mayChange={mayChange}
                      onWrite={(text) => change({ minutes: { ...draft.minutes, [channel]: text } })}
                      onLeave={() =>
                        change({ minutes: { ...draft.minutes, [channel]: tidy(draft.minutes[channel]) } })
                      }
                    />
                  )}
                </div>
              ))}
              {draft.on.video && (
                <label className="stack-label">
                  Address of the meeting
                  <input
                    className="input"
                    type="url"
                    value={draft.meetingUrl}
                    readOnly={!mayChange}
                    placeholder="https://meet.example.com/returns"
                    aria-invalid={fields.meetingUrl !== undefined}
                    onChange={(event) => change({ meetingUrl: event.target.value })}
                  />
                  {fields.meetingUrl && <span className="form-fault">{fields.meetingUrl}</span>}
                </label>
              )}
            </section>
          )}
          {draft.mode !== 'off' && (
            <section className="set-sec" aria-labelledby={`times-${teamId}`}>
              <header>
                <h2 id={`times-${teamId}`}>Times</h2>
                <span className="sub">Calls that are agreed stay as they were agreed</span>
              </header>
              {TIMES.filter(({ key }) => draft.mode === 'slots' || key === 'withinMinutes').map(
                ({ key, name, means, unit }) => (
                  <TimeField
                    key={key}
                    name={name}
                    means={means}
                    text={draft.times[key]}
                    before={before.times[key]}
                    changed={draft.times[key] !== before.times[key]}
                    fault={faultOf(draft.times[key], unit, fields[key])}
                    mayChange={mayChange}
                    onWrite={(text) => change({ times: { ...draft.times, [key]: text } })}
                    onLeave={() => change({ times: { ...draft.times, [key]: tidy(draft.times[key]) } })}
                  />
                ),
              )}
            </section>
          )}
          {!mayChange && <p className="sub">Admins change these.</p>}
        </div>
      </div>
      {mayChange && (
        <SettingsFoot
          changes={changes}
          refusal={refusal ?? (changes > 0 ? preview?.error : null) ?? null}
          note={note}
          saveLabel="Save"
          busy={busy}
          maySave={terms !== null}
          onUndo={() => {
            setting.forgetRefusal();
            setDraft(before);
          }}
          onSave={() => void save()}
        >
          {changes > 0 && preview?.data && bookedText(preview.data.booked)}
        </SettingsFoot>
      )}
    </>
  );
}

function bookedText(booked: number): string {
  if (booked === 0) return 'No call is agreed: this would hold for those to come.';
  return booked === 1
    ? '1 call is agreed and stays as it is.'
    : `${booked} calls are agreed and stay as they are.`;
}

function previewText({ nextAt, free }: CallbacksPreview, mode: CallbackSettings['mode']): string {
  if (mode !== 'slots') return '';
  if (nextAt === null) return 'No time is free: customers are promised a call as soon as possible.';
  const when = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(nextAt);
  return `Next free: ${when}, your time. ${free} ${free === 1 ? 'time' : 'times'} to choose from.`;
}

function draftOf({ mode, minutes, meetingUrl, ...settings }: CallbackSettings): Draft {
  const words = (count: number, unit: number) => durationWords(count * unit * MINUTE);
  return {
    mode,
    on: { voice: minutes.voice !== null, video: minutes.video !== null, chat: minutes.chat !== null },
    minutes: {
      voice: words(minutes.voice ?? 15, 1),
      video: words(minutes.video ?? VIDEO_MINUTES, 1),
      chat: words(minutes.chat ?? 30, 1),
    },
    meetingUrl: meetingUrl ?? '',
    times: {
      bufferMinutes: words(settings.bufferMinutes, 1),
      noticeMinutes: words(settings.noticeMinutes, 1),
      horizonDays: words(settings.horizonDays, DAY_MINUTES),
      lateMinutes: words(settings.lateMinutes, 1),
      withinMinutes: words(settings.withinMinutes, 1),
    },
  };
}

/** Null while something in it cannot be read. */
function termsOf(draft: Draft): Omit<CallbackSettings, 'version'> | null {
  const times = new Map(TIMES.map(({ key, unit }) => [key, countOf(draft.times[key], unit)]));
  const minutes = (channel: CallbackChannel) =>
    draft.on[channel] ? countOf(draft.minutes[channel], 1) : null;
  const [voice, video, chat] = CALLBACK_CHANNELS.map(minutes);
  const read = [...times.values(), voice, video, chat];
  if (read.some((value) => value === undefined)) return null;
  const time = (key: TimeKey) => times.get(key) ?? 0;
  return {
    mode: draft.mode,
    minutes: { voice: voice ?? null, video: video ?? null, chat: chat ?? null },
    meetingUrl: draft.meetingUrl.trim() || null,
    bufferMinutes: time('bufferMinutes'),
    noticeMinutes: time('noticeMinutes'),
    horizonDays: time('horizonDays'),
    lateMinutes: time('lateMinutes'),
    withinMinutes: time('withinMinutes'),
  };
}

/** How many of the unit, in minutes; undefined where it is no length of time. */
function countOf(text: string, unit: number): number | undefined {
  const ms = durationOf(text);
  return typeof ms === 'number' ? ms / MINUTE / unit : undefined;
}

function faultOf(text: string, unit: number, fault: string | undefined): string | undefined {
  if (countOf(text, unit) !== undefined) return fault;
  return 'Write a time with its unit, such as 15 min or 2 days.';
}

function tidy(text: string): string {
  const ms = durationOf(text);
  return typeof ms === 'number' ? durationWords(ms) : text;
}

/** In how many places the draft is not what is saved. */
function changesIn(draft: Draft, saved: CallbackSettings): number {
  const before = draftOf(saved);
  const pairs: [unknown, unknown][] = [
    [draft.mode, before.mode],
    [draft.meetingUrl.trim(), before.meetingUrl],
    ...CALLBACK_CHANNELS.map((channel): [unknown, unknown] => [
      [draft.on[channel], draft.on[channel] && countOf(draft.minutes[channel], 1)],
      [before.on[channel], before.on[channel] && countOf(before.minutes[channel], 1)],
    ]),
    ...TIMES.map(({ key, unit }): [unknown, unknown] => [
      countOf(draft.times[key], unit),
      countOf(before.times[key], unit),
    ]),
  ];
  return pairs.filter(([is, was]) => JSON.stringify(is) !== JSON.stringify(was)).length;
}

async function readCallbacks(teamId: string): Promise<Answer<CallbackSettings>> {
  const all = await readSetting<CallbacksOfTeam[]>(ENDPOINT);
  if (all.error) return all;
  const own = all.data.find((each) => each.teamId === teamId);
  return own
    ? { data: own.callbacks }
    : { error: { code: 'not_found', message: 'This team is there no more. Load the page again.' } };
}

'use client';

import { useState } from 'react';
import { DISCIPLINE_WORDS } from '@/components/ui/words';
import { durationOf, durationWords } from '@/lib/domain/duration-words';
import { DISCIPLINES, type Discipline } from '@/lib/domain/order-of-service';
import { MAX_AGED_SHARE, type QueueSettings } from '@/lib/domain/queue-settings';
import { readSetting } from './call';
import { SettingsFoot } from './settings-foot';
import { TimeField } from './time-field';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/queue';
const STEP = 5;
const NO_DURATION = 'Write a time with its unit, such as 90 s or 2 min.';
const TIMES = [
  {
    key: 'graceMs',
    name: 'Grace after a lost connection',
    means:
      'So long an agent who is gone keeps their conversations. Then each goes back to its queue, and the customer is told.',
  },
  {
    key: 'awayAfterMs',
    name: 'Away without input after',
    means:
      'An agent who says to be available and touches none of their tabs is shown as away until they do. Write — for never.',
  },
] as const;
type TimeKey = (typeof TIMES)[number]['key'];

const MEANS: Readonly<Record<Discipline, string>> = {
  rescue:
    'P1 first. Then the highest priority that leaves everybody in time who can still be answered in time; whoever has breached waits for a turn.',
  strict: 'P1, P2, P3, P4, and in each whoever is due first, also where that makes somebody else late.',
};

/** What was chosen and is not saved. */
type Chosen = Partial<Omit<QueueSettings, 'version' | TimeKey>>;

/** Who is served next, and when a conversation comes back to the queue. */
export function QueueEditor({ settings, mayChange }: { settings: QueueSettings; mayChange: boolean }) {
  const setting = useSetting(settings, ENDPOINT, () => readSetting<QueueSettings>(ENDPOINT));
  const { saved, refusal, note, busy } = setting;
  const [chosen, setChosen] = useState<Chosen>({});
  const [written, setWritten] = useState<Partial<Record<TimeKey, string>>>({});

  const draft = { ...saved, ...chosen };
  const times = { graceMs: timeOf('graceMs'), awayAfterMs: timeOf('awayAfterMs') };
  const faults = faultsOf(times);
  const terms = termsOf(draft, times);
  const changes =
    (Object.keys(chosen) as (keyof Chosen)[]).filter((key) => chosen[key] !== saved[key]).length +
    TIMES.filter(({ key }) => times[key] !== saved[key]).length;
  const preview = usePreview<{ waiting: number; moved: number }>(
    `${ENDPOINT}/preview`,
    changes > 0 ? terms : null,
  );
  const fields: Readonly<Record<string, string>> = {
    ...refusal?.fields,
    ...preview?.error?.fields,
    ...faults,
  };

  function timeOf(key: TimeKey): number | null | undefined {
    const text = written[key];
    return text === undefined ? saved[key] : durationOf(text);
  }
  function write(key: TimeKey, text: string) {
    setting.forgetRefusal();
    setWritten((before) => ({ ...before, [key]: text }));
  }
  function choose(part: Chosen) {
    setting.forgetRefusal();
    setChosen((before) => ({ ...before, ...part }));
  }
  function undo() {
    setChosen({});
    setWritten({});
    setting.forgetRefusal();
  }
  async function save() {
    if (terms === null || (await setting.save(terms)) === null) return;
    setChosen({});
    setWritten({});
  }

  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <h1 className="title">Queue</h1>
          <section className="set-sec" aria-labelledby="order-title">
            <header>
              <h2 id="order-title">Order of service</h2>
              <span className="sub">What agents see, what Claim next takes, what customers are told</span>
            </header>
            <fieldset className="options" disabled={!mayChange} aria-labelledby="order-title">
              {DISCIPLINES.map((each) => (
                <label
                  key={each}
                  className={each === draft.discipline && each !== saved.discipline ? 'changed' : ''}
                >
                  <input
                    type="radio"
                    name="discipline"
                    checked={draft.discipline === each}
                    onChange={() => choose({ discipline: each })}
                  />
                  <span>
                    <b className="first-cap">{DISCIPLINE_WORDS[each]}</b>
                    <span className="t3">{MEANS[each]}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          </section>
          <section className="set-sec" aria-labelledby="share-title">
            <header>
              <h2 id="share-title">Who has breached</h2>
              <span className="sub">Turns below P1 that go to whoever has been late the longest</span>
            </header>
            <ShareSlider
              percent={Math.round(draft.agedShare * 100)}
              before={Math.round(saved.agedShare * 100)}
              disabled={!mayChange || draft.discipline === 'strict'}
              onChoose={(percent) => choose({ agedShare: percent / 100 })}
            />
            <p className="sub set-note">
              {draft.discipline === 'strict'
                ? 'Strict priority gives no such turns.'
                : shareText(Math.round(draft.agedShare * 100))}
            </p>
          </section>
          <section className="set-sec" aria-labelledby="slots-title">
            <header>
              <h2 id="slots-title">Slots</h2>
            </header>
            <fieldset className="options" disabled={!mayChange} aria-labelledby="slots-title">
              <label className={draft.overflowSlots === saved.overflowSlots ? '' : 'changed'}>
                <input
                  type="checkbox"
                  checked={draft.overflowSlots > 0}
                  onChange={(event) => choose({ overflowSlots: event.target.checked ? 1 : 0 })}
                />
                <span>
                  <b>A P1 may go one above capacity</b>
                  <span className="t3">
                    When everybody is full, one agent of each team may take an urgent conversation more. No
                    slot is kept free for it.
                  </span>
                </span>
              </label>
              <label className={draft.waitingFreesSlot === saved.waitingFreesSlot ? '' : 'changed'}>
                <input
                  type="checkbox"
                  checked={draft.waitingFreesSlot}
                  onChange={(event) => choose({ waitingFreesSlot: event.target.checked })}
                />
                <span>
                  <b>Waiting for the customer frees a slot</b>
                  <span className="t3">
                    After an agent's answer the conversation stays theirs and takes no slot. When the customer
                    writes it takes one again, even above the capacity.
                  </span>
                </span>
              </label>
            </fieldset>
          </section>
          <section className="set-sec" aria-labelledby="presence-title">
            <header>
              <h2 id="presence-title">Presence</h2>
            </header>
            {TIMES.map(({ key, name, means }) => (
              <TimeField
                key={key}
                name={name}
                means={means}
                text={written[key] ?? durationWords(saved[key])}
                before={durationWords(saved[key])}
                changed={times[key] !== saved[key]}
                fault={fields[key]}
                mayChange={mayChange}
                onWrite={(text) => write(key, text)}
                onLeave={() => {
                  const ms = times[key];
                  if (written[key] !== undefined && ms !== undefined) write(key, durationWords(ms));
                }}
              />
            ))}
          </section>
          {!mayChange && <p className="sub">Admins change these.</p>}
        </div>
      </div>
      {mayChange && (
        <SettingsFoot
          changes={changes}
          refusal={refusal ?? preview?.error ?? null}
          note={note}
          saveLabel="Save"
          busy={busy}
          maySave={terms !== null}
          onUndo={undo}
          onSave={() => void save()}
        >
          {preview?.data && movedText(preview.data)}
        </SettingsFoot>
      )}
    </>
  );
}

type Times = Record<TimeKey, number | null | undefined>;

/** Grace must be some time; away may be never. */
function faultsOf({ graceMs, awayAfterMs }: Times): Record<string, string> {
  return {
    ...(graceMs === undefined || graceMs === null ? { graceMs: NO_DURATION } : {}),
    ...(awayAfterMs === undefined ? { awayAfterMs: NO_DURATION } : {}),
  };
}

/** Null while a time cannot be read. */
function termsOf({ version: _, ...draft }: QueueSettings, { graceMs, awayAfterMs }: Times) {
  if (graceMs === undefined || graceMs === null || awayAfterMs === undefined) return null;
  return { ...draft, graceMs, awayAfterMs };
}

function ShareSlider({
  percent,
  before,
  disabled,
  onChoose,
}: {
  percent: number;
  before: number;
  disabled: boolean;
  onChoose: (percent: number) => void;
}) {
  return (
    <div className={percent === before ? 'share' : 'share changed'}>
      <label htmlFor="aged-share">Share of the turns</label>
      <output htmlFor="aged-share" className="n">
        {percent !== before && (
          <s>
            <span className="sr">was </span>
            {before} %
          </s>
        )}
        {percent} %
      </output>
      <input
        id="aged-share"
        type="range"
        min={0}
        max={MAX_AGED_SHARE * 100}
        step={STEP}
        value={percent}
        disabled={disabled}
        aria-valuetext={`${percent} %`}
        onChange={(event) => onChoose(Number(event.target.value))}
      />
      <span className="t3" aria-hidden="true">
        Fewest breaches
      </span>
      <span className="t3" aria-hidden="true">
        Bounded neglect
      </span>
    </div>
  );
}

function shareText(percent: number): string {
  if (percent === 0) {
    return 'Every turn goes to whoever can still be answered in time; whoever has breached waits until nobody can be.';
  }
  const every = Math.round(100 / percent);
  return `About every ${ordinal(every)} turn goes to them, however many others could still be answered in time.`;
}

function ordinal(count: number): string {
  return count === 2 ? 'second' : count === 3 ? 'third' : `${count}th`;
}

function movedText({ waiting, moved }: { waiting: number; moved: number }): string {
  if (waiting === 0) return 'Nobody waits now: this would hold for those to come.';
  const who = waiting === 1 ? 'the one who waits' : `the ${waiting} who wait`;
  return `Of ${who} now, ${moved === 0 ? 'nobody' : moved} would stand at another place.`;
}

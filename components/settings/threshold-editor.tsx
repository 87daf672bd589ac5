'use client';

import { useId, useState } from 'react';
import {
  type BotThresholds,
  THRESHOLD_NAMES,
  THRESHOLD_RANGE,
  type ThresholdName,
} from '@/lib/domain/bot-settings';
import { readSetting } from './call';
import { SettingsFoot } from './settings-foot';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/bot';

interface Preview {
  conversations: number;
  now: number;
  after: number;
  more: number;
  fewer: number;
}

interface Words {
  name: string;
  before: string;
  unit: string;
  means: string;
}

/** Each threshold in words: what stands before the number, and its unit after it. */
const WORDS: Readonly<Record<ThresholdName, Words>> = {
  confidence: {
    name: 'Confidence',
    before: 'Offer a person below',
    unit: 'of 1',
    means:
      'The probability that the best article answers the question. Raising it means more handoffs and fewer wrong answers.',
  },
  frustration: {
    name: 'Frustration',
    before: 'Offer a person at or over',
    unit: 'of 1',
    means: 'How frustrated the customer seems over the whole talk. Raising it means fewer handoffs.',
  },
  loop: {
    name: 'Confusion loop',
    before: 'Offer a person when the same was asked',
    unit: 'times',
    means: 'In the same words or in others. Raising it means fewer handoffs.',
  },
  questions: {
    name: 'Several questions',
    before: 'Offer a person when one message asks',
    unit: 'questions',
    means: 'On different topics. What can be answered is answered too.',
  },
  topics: {
    name: 'Topic switches',
    before: 'Offer a person when the talk reaches',
    unit: 'topics',
    means: 'Unrelated ones; and again at each new one after.',
  },
  sessionMinutes: {
    name: 'Long session',
    before: 'Offer a person after',
    unit: 'minutes',
    means:
      'Of talk in which nothing was settled; a pause counts as five at most. And again as often as that passes.',
  },
  refundOver: {
    name: 'Refund',
    before: 'Always a person over',
    unit: '',
    means: 'When a customer asks for more than this back.',
  },
  polarity: {
    name: 'Unkind words',
    before: 'Mark a message below',
    unit: 'of -1 to 1',
    means: 'The tone of its words. Shown to the agent as a signal; offers nobody by itself.',
  },
};
const GROUPS: readonly { title: string; sub: string; names: readonly ThresholdName[] }[] = [
  { title: 'Answers', sub: 'When the bot is not sure enough', names: ['confidence'] },
  { title: 'Emotion', sub: 'When the customer is upset', names: ['frustration', 'polarity'] },
  {
    title: 'Struggle',
    sub: 'When the talk goes nowhere',
    names: ['loop', 'questions', 'topics', 'sessionMinutes'],
  },
  { title: 'Money', sub: 'What the bot never decides', names: ['refundOver'] },
];

/** When the bot offers a person, each with its unit in words, and what a change would have meant lately. */
export function ThresholdEditor({
  thresholds,
  currency,
  mayChange,
}: {
  thresholds: BotThresholds;
  currency: string;
  mayChange: boolean;
}) {
  const setting = useSetting(thresholds, ENDPOINT, () => readSetting<BotThresholds>(ENDPOINT));
  const { saved, refusal, note, busy } = setting;
  const [written, setWritten] = useState<Partial<Record<ThresholdName, string>>>({});
  const draft = draftOf(saved, written);
  const preview = usePreview<Preview>(`${ENDPOINT}/preview`, draft.terms);
  const fields: Readonly<Record<string, string>> = {
    ...refusal?.fields,
    ...preview?.error?.fields,
    ...draft.faults,
  };
  function write(name: ThresholdName, text: string) {
    setting.forgetRefusal();
    setWritten((held) => ({ ...held, [name]: text }));
  }
  function undo() {
    setWritten({});
    setting.forgetRefusal();
  }
  async function save() {
    if (draft.terms !== null && (await setting.save(draft.terms)) !== null) setWritten({});
  }
  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <h1 className="title">Thresholds</h1>
          <p className="sub">
            When the bot offers a person. A request for one, and a legal, medical, financial or security
            matter, always is offered one, whatever stands here.
          </p>
          {GROUPS.map(({ title, sub, names }) => (
            <section key={title} className="set-sec" aria-labelledby={`${title}-title`}>
              <header>
                <h2 id={`${title}-title`}>{title}</h2>
                <span className="sub">{sub}</span>
              </header>
              {names.map((name) => (
                <ThresholdField
                  key={name}
                  words={name === 'refundOver' ? { ...WORDS[name], unit: currency } : WORDS[name]}
                  text={written[name] ?? textOf(name, saved[name])}
                  before={textOf(name, saved[name])}
                  changed={draft.values[name] !== saved[name]}
                  fault={fields[name]}
                  mayChange={mayChange}
                  onWrite={(text) => write(name, text)}
                />
              ))}
            </section>
          ))}
          {!mayChange && <p className="sub">Admins change these.</p>}
        </div>
      </div>
      {mayChange && (
        <SettingsFoot
          changes={draft.changes}
          refusal={refusal ?? preview?.error ?? null}
          note={note}
          saveLabel="Save"
          busy={busy}
          maySave={draft.terms !== null}
          onUndo={undo}
          onSave={() => void save()}
        >
          {preview?.data && previewText(preview.data, draft.changes > 0)}
        </SettingsFoot>
      )}
    </>
  );
}

function ThresholdField({
  words,
  text,
  before,
  changed,
  fault,
  mayChange,
  onWrite,
}: {
  words: Words;
  text: string;
  before: string;
  changed: boolean;
  fault: string | undefined;
  mayChange: boolean;
  onWrite: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className={changed ? 'threshold changed' : 'threshold'}>
      <label htmlFor={id}>
        <b>{words.name}</b>
        <span className="t3">{words.means}</span>
      </label>
      <span className="threshold-in">
        <span className="t2" id={`${id}-before`}>
          {words.before}
        </span>
        <input
          id={id}
          className="input n"
          value={text}
          inputMode="decimal"
          readOnly={!mayChange}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-before ${id}-unit${fault === undefined ? '' : ` ${id}-fault`}`}
          onChange={(event) => onWrite(event.target.value)}
        />
        <span className="t2" id={`${id}-unit`}>
          {words.unit}
        </span>
        {changed && (
          <s className="n">
            <span className="sr">was </span>
            {before}
          </s>
        )}
      </span>
      {fault !== undefined && (
        <p className="form-fault" id={`${id}-fault`} role="status">
          {fault}
        </p>
      )}
    </div>
  );
}

function textOf(name: ThresholdName, value: number): string {
  const { places, most } = THRESHOLD_RANGE[name];
  return most <= 1 ? value.toFixed(places) : `${value}`;
}

/** What is written, read; `terms` is null while something in it is no number that can be. */
function draftOf(saved: BotThresholds, written: Partial<Record<ThresholdName, string>>) {
  const faults: Record<string, string> = {};
  const read = (name: ThresholdName): number => {
    const text = written[name]?.trim().replace(',', '.').replace('−', '-');
    if (text === undefined) return saved[name];
    const { least, most, places } = THRESHOLD_RANGE[name];
    const value = /^-?\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) faults[name] = 'Write a number.';
    else if (value < least || value > most) faults[name] = `From ${least} to ${most}.`;
    else if (Number(value.toFixed(places)) !== value)
      faults[name] = places === 0 ? 'A whole number.' : `At most ${places} decimals.`;
    return value;
  };
  const values = Object.fromEntries(THRESHOLD_NAMES.map((name) => [name, read(name)])) as Record<
    ThresholdName,
    number
  >;
  const changes = THRESHOLD_NAMES.filter((name) => values[name] !== saved[name]).length;
  return { values, changes, faults, terms: Object.keys(faults).length > 0 ? null : values };
}

function previewText({ conversations, now, after, more, fewer }: Preview, isChanged: boolean): string {
  if (conversations === 0) return 'The bot has had no conversation yet: this would hold for those to come.';
  const newest =
    conversations === 1 ? 'the newest conversation' : `the newest ${conversations} conversations`;
  if (!isChanged) return `In ${now} of ${newest} the bot would offer a person.`;
  if (more === 0 && fewer === 0) return `In ${now} of ${newest} the bot would offer a person, as now.`;
  const moved = [more > 0 ? `${more} more` : '', fewer > 0 ? `${fewer} fewer` : '']
    .filter(Boolean)
    .join(' and ');
  return `In ${after} of ${newest} the bot would offer a person: ${moved} than now.`;
}

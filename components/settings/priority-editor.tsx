'use client';

import { useState } from 'react';
import { PriorityMark } from '@/components/ui/priority-mark';
import { PRIORITY_WORDS } from '@/components/ui/words';
import type { Priority } from '@/lib/domain/handoff';
import { type PriorityPolicy, WEIGHED_PARTS, type WeighedPart } from '@/lib/domain/priority-policy';
import { readSetting } from './call';
import { CellFaults, SettingCell } from './setting-cell';
import { SettingsFoot } from './settings-foot';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/priority';
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const THRESHOLDS = [1, 2, 3] as const;
const NO_NUMBER = 'Write a whole number.';

const PARTS: Readonly<Record<WeighedPart, { name: string; means: string }>> = {
  base: { name: 'Start', means: 'Every score begins with it' },
  premiumTier: { name: 'Premium tier', means: 'Premium, gold or platinum' },
  lifetimeValue: { name: 'Lifetime value', means: 'Over 5000' },
  churnRisk: { name: 'Churn risk', means: 'High' },
  negativeMood: { name: 'Negative mood', means: 'Frustrated in their own words' },
  longConversation: { name: 'Long conversation', means: 'Over 10 minutes with the bot' },
  cancellation: { name: 'Cancellation', means: 'Asked to cancel or to close the account' },
  manyMessages: { name: 'Many messages', means: 'Over 10' },
};

const THRESHOLD_CELLS = THRESHOLDS.map((priority) => ({
  cell: `thresholds.${priority}`,
  name: `P${priority} from`,
}));
const WEIGHT_CELLS = WEIGHED_PARTS.map((part) => ({ cell: `weights.${part}`, name: PARTS[part].name }));

/** How the newest handoffs are judged now, and how they would be. */
interface Preview {
  handoffs: number;
  moved: number;
  now: Record<Priority, number>;
  after: Record<Priority, number>;
}

/** Texts that were written, by the path of their field. */
type Written = Readonly<Record<string, string>>;

/** How urgent a handoff is at first: what its score is made of, and which score is which priority. */
export function PriorityEditor({ policy, mayChange }: { policy: PriorityPolicy; mayChange: boolean }) {
  const setting = useSetting(policy, ENDPOINT, () => readSetting<PriorityPolicy>(ENDPOINT));
  const { saved, refusal, note, busy } = setting;
  const [written, setWritten] = useState<Written>({});

  const draft = draftOf(saved, written);
  const preview = usePreview<Preview>(`${ENDPOINT}/preview`, draft.terms);
  const seen = preview?.data;
  const known = useLast(seen);
  const fields: Readonly<Record<string, string>> = {
    ...refusal?.fields,
    ...preview?.error?.fields,
    ...draft.faults,
  };
  const withFaults = (cells: readonly { cell: string; name: string }[]) =>
    cells.map((each) => ({ ...each, fault: fields[each.cell] }));

  function write(cell: string, text: string) {
    setting.forgetRefusal();
    setWritten((held) => ({ ...held, [cell]: text }));
  }
  function undo() {
    setWritten({});
    setting.forgetRefusal();
  }
  async function save() {
    if (draft.terms !== null && (await setting.save(draft.terms)) !== null) setWritten({});
  }
  const numberCell = (cell: string, name: string, before: number) => (
    <SettingCell
      cell={cell}
      name={name}
      text={written[cell] ?? `${before}`}
      before={`${before}`}
      changed={numberOf(written[cell] ?? `${before}`) !== before}
      fault={fields[cell]}
      mayChange={mayChange}
      numeric
      onWrite={write}
    />
  );

  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <h1 className="title">Priority</h1>
          <section className="set-sec" aria-labelledby="thresholds-title">
            <header>
              <h2 id="thresholds-title">From score to priority</h2>
              <span className="sub">Decided once, when the customer enters the queue</span>
            </header>
            <div className="targets">
              <table>
                <thead>
                  <tr>
                    <th scope="col">
                      <span className="sr">Priority</span>
                    </th>
                    <th scope="col">From</th>
                    <th scope="col">{known ? `Of the newest ${known.handoffs}` : 'Of the newest'}</th>
                  </tr>
                </thead>
                <tbody>
                  {PRIORITIES.map((priority) => (
                    <tr key={priority}>
                      <th scope="row">
                        <span className="pri-cell">
                          <PriorityMark priority={priority} />
                          <span className="t2 only-wide" aria-hidden="true">
                            {PRIORITY_WORDS[priority]}
                          </span>
                        </span>
                      </th>
                      {priority === 4 ? (
                        <td className="told t2">Below P3</td>
                      ) : (
                        numberCell(`thresholds.${priority}`, `P${priority} from`, saved.thresholds[priority])
                      )}
                      <td className="told n">
                        {known && <Share now={known.now[priority]} after={seen?.after[priority]} />}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <CellFaults cells={withFaults(THRESHOLD_CELLS)} />
            <p className="sub set-note">
              Whatever the score, a security matter is P1 and a frustrated customer P2 or above. The priority
              that an agent sets by hand wins over both.
            </p>
          </section>
          <section className="set-sec" aria-labelledby="weights-title">
            <header>
              <h2 id="weights-title">Points</h2>
              <span className="sub">What adds to the score; the agent sees each part</span>
            </header>
            <div className="targets parts-in">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Part</th>
                    <th scope="col">Points</th>
                  </tr>
                </thead>
                <tbody>
                  {WEIGHED_PARTS.map((part) => (
                    <tr key={part}>
                      <th scope="row">
                        {PARTS[part].name} <span className="t3">{PARTS[part].means}</span>
                      </th>
                      {numberCell(`weights.${part}`, PARTS[part].name, saved.weights[part])}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <CellFaults cells={withFaults(WEIGHT_CELLS)} />
            <p className="sub set-note">
              Waiting over 2 minutes is shown as 15 more. It orders within a priority and never changes one.
            </p>
          </section>
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
          {draft.changes > 0 && seen && movedText(seen)}
        </SettingsFoot>
      )}
    </>
  );
}

/** `12` or, where it would be another, `12 → 20`. */
function Share({ now, after = now }: { now: number; after: number | undefined }) {
  if (now === after) return now;
  return (
    <>
      {now} <span aria-hidden="true">→</span>
      <span className="sr">would be</span> <b>{after}</b>
    </>
  );
}

/** The last that was known, while the next is asked for. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

function movedText({ handoffs, moved }: Preview): string {
  if (handoffs === 0) return 'No handoff has been queued yet: this would hold for those to come.';
  const newest = handoffs === 1 ? 'the newest queued handoff' : `the newest ${handoffs} queued handoffs`;
  return `Of ${newest}, ${moved === 0 ? 'none' : moved} would have had another priority.`;
}

function numberOf(text: string): number | undefined {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : undefined;
}

/** What is written, read; `terms` is null while something in it is no number. */
function draftOf(saved: PriorityPolicy, written: Written) {
  const faults: Record<string, string> = {};
  let changes = 0;
  const read = (cell: string, before: number): number => {
    const text = written[cell];
    const value = text === undefined ? before : numberOf(text);
    if (value !== before) changes += 1;
    if (value === undefined) faults[cell] = NO_NUMBER;
    return value ?? before;
  };
  const threshold = (priority: 1 | 2 | 3) => read(`thresholds.${priority}`, saved.thresholds[priority]);
  const thresholds = { 1: threshold(1), 2: threshold(2), 3: threshold(3) };
  const weights = Object.fromEntries(
    WEIGHED_PARTS.map((part) => [part, read(`weights.${part}`, saved.weights[part])]),
  );
  return { changes, faults, terms: Object.keys(faults).length > 0 ? null : { thresholds, weights } };
}

'use client';

import { useState } from 'react';
import { PriorityMark } from '@/components/ui/priority-mark';
import { PRIORITY_WORDS, SLA_TARGET_WORDS } from '@/components/ui/words';
import { durationOf, durationWords } from '@/lib/domain/duration-words';
import type { Priority } from '@/lib/domain/handoff';
import type { SlaPolicy, SlaTargets } from '@/lib/domain/sla-policy';
import { type Affected, affectedText } from './affected-text';
import { readSetting } from './call';
import { CellFaults, SettingCell } from './setting-cell';
import { SettingsFoot } from './settings-foot';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/sla';
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const TARGETS: readonly (keyof SlaTargets)[] = ['firstResponseMs', 'nextResponseMs', 'resolutionMs'];
const CLOCKS = [
  { clock: 'business', name: "Team's hours", means: 'A clock stands still while the team is closed.' },
  { clock: 'always', name: 'Around the clock', means: 'A clock runs on at night and on holidays.' },
] as const;
const NO_DURATION = 'Write a time with its unit, such as 2 min, 1 h or 3 days; — for none.';

/** Texts that were written and are not what is saved, by `priority.metric`. */
type Written = Readonly<Record<string, string>>;

/** What every handoff is promised, by its priority. What is not saved yet is shown against what is. */
export function SlaEditor({ policy, mayChange }: { policy: SlaPolicy; mayChange: boolean }) {
  const setting = useSetting(policy, ENDPOINT, () => readSetting<SlaPolicy>(ENDPOINT));
  const { saved, refusal, note, busy } = setting;
  const [written, setWritten] = useState<Written>({});
  const [clock, setClock] = useState(policy.clock);

  const draft = draftOf(saved, written, clock);
  const preview = usePreview<Affected>(`${ENDPOINT}/preview`, draft.changes > 0 ? draft.terms : null);
  const fields = { ...refusal?.fields, ...preview?.error?.fields, ...draft.faults };
  const moved = preview?.data?.moved ?? 0;

  function write(cell: string, text: string) {
    setting.forgetRefusal();
    setWritten((held) => ({ ...held, [cell]: text }));
  }
  function tidy(cell: string, text: string) {
    const ms = durationOf(text);
    if (ms !== undefined) write(cell, durationWords(ms));
  }
  function undo() {
    setWritten({});
    setClock(saved.clock);
    setting.forgetRefusal();
  }
  async function save() {
    if (draft.terms !== null && (await setting.save(draft.terms)) !== null) setWritten({});
  }

  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <h1 className="title">SLA</h1>
          <section className="set-sec" aria-labelledby="targets-title">
            <header>
              <h2 id="targets-title">Targets</h2>
              <span className="sub">First response and resolution count from Pending Handoff</span>
            </header>
            <div className="targets">
              <table>
                <thead>
                  <tr>
                    <th scope="col">
                      <span className="sr">Priority</span>
                    </th>
                    {TARGETS.map((key) => (
                      <th key={key} scope="col" className="first-cap">
                        {SLA_TARGET_WORDS[key]}
                      </th>
                    ))}
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
                      {TARGETS.map((key) => {
                        const cell = `${priority}.${key}`;
                        const before = saved.targets[priority][key];
                        const text = written[cell] ?? durationWords(before);
                        return (
                          <SettingCell
                            key={key}
                            cell={cell}
                            name={cellName(priority, key)}
                            text={text}
                            before={durationWords(before)}
                            changed={durationOf(text) !== before}
                            fault={fields[`targets.${cell}`]}
                            mayChange={mayChange}
                            onWrite={write}
                            onLeave={(left) => tidy(cell, left)}
                          />
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <CellFaults cells={CELLS.map((each) => ({ ...each, fault: fields[`targets.${each.cell}`] }))} />
          </section>
          <section className="set-sec" aria-labelledby="clock-title">
            <header>
              <h2 id="clock-title">Clock</h2>
              <span className="sub">At risk from 80 % of a target on, breached at its end</span>
            </header>
            <fieldset className="options" disabled={!mayChange} aria-labelledby="clock-title">
              {CLOCKS.map((each) => (
                <label
                  key={each.clock}
                  className={each.clock === clock && clock !== saved.clock ? 'changed' : ''}
                >
                  <input
                    type="radio"
                    name="clock"
                    checked={clock === each.clock}
                    onChange={() => {
                      setting.forgetRefusal();
                      setClock(each.clock);
                    }}
                  />
                  <span>
                    <b>{each.name}</b>
                    <span className="t3">{each.means}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          </section>
          {!mayChange && <p className="sub">Admins change these.</p>}
        </div>
      </div>
      {mayChange && (
        <SettingsFoot
          changes={draft.changes}
          refusal={refusal ?? preview?.error ?? null}
          note={note}
          saveLabel={moved > 0 ? `Save and move ${moved} ${moved === 1 ? 'deadline' : 'deadlines'}` : 'Save'}
          busy={busy}
          maySave={draft.terms !== null}
          onUndo={undo}
          onSave={() => void save()}
        >
          {preview?.data && affectedText(preview.data)}
        </SettingsFoot>
      )}
    </>
  );
}

const cellName = (priority: Priority, key: keyof SlaTargets) => `P${priority}, ${SLA_TARGET_WORDS[key]}`;
const CELLS = PRIORITIES.flatMap((priority) =>
  TARGETS.map((key) => ({ cell: `${priority}.${key}`, name: cellName(priority, key) })),
);

/** What is written, read; `terms` is null while something in it cannot be read. */
function draftOf(saved: SlaPolicy, written: Written, clock: SlaPolicy['clock']) {
  const faults: Record<string, string> = {};
  let changes = clock === saved.clock ? 0 : 1;
  const read = (priority: Priority, key: keyof SlaTargets): number | null => {
    const before = saved.targets[priority][key];
    const text = written[`${priority}.${key}`];
    const ms = text === undefined ? before : durationOf(text);
    if (ms !== before) changes += 1;
    if (ms === undefined) faults[`targets.${priority}.${key}`] = NO_DURATION;
    return ms ?? null;
  };
  const row = (priority: Priority): SlaTargets => ({
    firstResponseMs: read(priority, 'firstResponseMs'),
    nextResponseMs: read(priority, 'nextResponseMs'),
    resolutionMs: read(priority, 'resolutionMs'),
  });
  const targets = { 1: row(1), 2: row(2), 3: row(3), 4: row(4) };
  const unreadable = Object.keys(faults).length > 0;
  return { changes, faults, terms: unreadable ? null : { clock, targets } };
}

'use client';

import { type ReactNode, useState } from 'react';
import { type Affected, affectedText } from './affected-text';
import { type Answer, readSetting } from './call';
import { HolidayEditor } from './holiday-editor';
import { calendarOf, changesIn, draftOf, type HoursDraft } from './hours-draft';
import type { HoursOfTeam } from './hours-settings';
import { type Opening, openingText } from './opening-text';
import { SettingsFoot } from './settings-foot';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';
import { WeekEditor } from './week-editor';

const ENDPOINT = '/api/settings/hours';

/** One team's hours, with what they mean now before they are saved. */
export function HoursEditor({
  team,
  zones,
  mayChange,
  isShown,
  children,
}: {
  team: HoursOfTeam;
  zones: readonly string[];
  mayChange: boolean;
  isShown: boolean;
  children: ReactNode;
}) {
  const { teamId } = team;
  const setting = useSetting(team.hours, ENDPOINT, () => readHours(teamId));
  const { saved, refusal, note, busy } = setting;
  const [draft, setDraft] = useState(() => draftOf(saved.calendar, 'UTC'));

  const changes = changesIn(draft, saved.calendar);
  const calendar = calendarOf(draft);
  const preview = usePreview<Opening & { affected: Affected }>(
    `${ENDPOINT}/preview`,
    isShown ? { teamId, calendar } : null,
  );
  const fields = { ...refusal?.fields, ...preview?.error?.fields };
  const faultAt = (field: string) => fields[`calendar.${field}`];

  function change(part: Partial<HoursDraft>) {
    setting.forgetRefusal();
    setDraft((held) => ({ ...held, ...part }));
  }
  function switchAlways(always: boolean) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const isNew = saved.calendar === null && draft.timeZone === 'UTC' && zones.includes(own);
    change({ always, ...(isNew ? { timeZone: own } : {}) });
  }
  function undo() {
    setDraft(draftOf(saved.calendar, 'UTC'));
    setting.forgetRefusal();
  }

  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <header className="report-head">
            <h1 className="title grow">Business hours</h1>
            {children}
          </header>
          <section className="set-sec" aria-labelledby={`now-${teamId}`}>
            <header>
              <h2 id={`now-${teamId}`}>{team.name}</h2>
              <span className="sub" role="status">
                {preview?.data && openingText(preview.data, calendar?.timeZone ?? null, Date.now())}
              </span>
            </header>
            <label className="switch-line">
              <input
                type="checkbox"
                checked={draft.always}
                disabled={!mayChange}
                onChange={(event) => switchAlways(event.target.checked)}
              />
              Around the clock, every day
            </label>
          </section>
          {!draft.always && (
            <>
              <section className="set-sec" aria-labelledby={`week-${teamId}`}>
                <header>
                  <h2 id={`week-${teamId}`}>Week</h2>
                  <span className="sub">A shift that ends before it began ends on the next day</span>
                </header>
                <label className="stack-label zone">
                  Time zone
                  <select
                    className="input"
                    value={draft.timeZone}
                    disabled={!mayChange}
                    onChange={(event) => change({ timeZone: event.target.value })}
                  >
                    {(zones.includes(draft.timeZone) ? zones : [draft.timeZone, ...zones]).map((zone) => (
                      <option key={zone}>{zone}</option>
                    ))}
                  </select>
                </label>
                {faultAt('timeZone') && <p className="form-fault">{faultAt('timeZone')}</p>}
                <WeekEditor
                  week={draft.week}
                  faultAt={faultAt}
                  disabled={!mayChange}
                  onChange={(week) => change({ week })}
                />
              </section>
              <section className="set-sec" aria-labelledby={`holidays-${teamId}`}>
                <header>
                  <h2 id={`holidays-${teamId}`}>Holidays</h2>
                  <span className="sub">No shift starts on these dates</span>
                </header>
                <HolidayEditor
                  holidays={draft.holidays}
                  faultAt={faultAt}
                  disabled={!mayChange}
                  onChange={(holidays) => change({ holidays })}
                />
              </section>
            </>
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
          onUndo={undo}
          onSave={() => void setting.save({ teamId, calendar })}
        >
          {changes > 0 && preview?.data && affectedText(preview.data.affected)}
        </SettingsFoot>
      )}
    </>
  );
}

async function readHours(teamId: string): Promise<Answer<HoursOfTeam['hours']>> {
  const all = await readSetting<HoursOfTeam[]>(ENDPOINT);
  if (all.error) return all;
  const own = all.data.find((each) => each.teamId === teamId);
  return own
    ? { data: own.hours }
    : { error: { code: 'not_found', message: 'This team is there no more. Load the page again.' } };
}

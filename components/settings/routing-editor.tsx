'use client';

import { Plus, Users, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ROUTING_MODE_WORDS } from '@/components/ui/words';
import { durationOf, durationWords } from '@/lib/domain/duration-words';
import { SKILL_LEVELS, type SkillLevel } from '@/lib/domain/routable-agent';
import { ROUTING_MODES, type TeamRouting } from '@/lib/domain/routing-settings';
import { type Answer, readSetting } from './call';
import type { RoutingOfTeam } from './routing-settings';
import { SettingsFoot } from './settings-foot';
import { TimeField } from './time-field';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/routing';
const NO_DURATION = 'Write a time with its unit, such as 30 s or 2 min.';
const FIRST_WAIT = '2 min';

interface RoutingPreview {
  teams: { teamId: string; members: number; here: number; able: number }[];
  skills: { name: string; have: number }[];
}

interface Draft {
  mode: TeamRouting['mode'];
  ring: string;
  chain: { teamId: string; after: string }[];
  skills: { name: string; level: SkillLevel }[];
  matchLanguage: boolean;
  seniorsFirst: boolean;
}

/** One team's rule, whom it would reach now, and who is asked when nobody takes it. */
export function RoutingEditor({
  team,
  teams,
  mayChange,
  isShown,
  children,
}: {
  team: RoutingOfTeam;
  teams: readonly RoutingOfTeam[];
  mayChange: boolean;
  isShown: boolean;
  children: ReactNode;
}) {
  const { teamId } = team;
  const setting = useSetting(team.routing, ENDPOINT, () => readRouting(teamId));
  const { saved, refusal, note, busy } = setting;
  const [draft, setDraft] = useState(() => draftOf(saved));
  const terms = termsOf(draft);
  const changes = changesIn(draft, saved);
  const preview = usePreview<RoutingPreview>(
    `${ENDPOINT}/preview`,
    isShown && terms !== null ? { teamId, ...terms } : null,
  );
  const fields: Readonly<Record<string, string>> = { ...refusal?.fields, ...preview?.error?.fields };
  const nameOf = (id: string) => teams.find((each) => each.teamId === id)?.name ?? 'A team that is gone';
  const others = teams.filter(
    (each) => each.teamId !== teamId && !draft.chain.some((step) => step.teamId === each.teamId),
  );

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
            <h1 className="title grow">Routing</h1>
            {children}
          </header>
          <section className="set-sec" aria-labelledby={`mode-${teamId}`}>
            <header>
              <h2 id={`mode-${teamId}`}>How work is given out in {team.name}</h2>
            </header>
            <fieldset className="seg picker" disabled={!mayChange} aria-labelledby={`mode-${teamId}`}>
              {ROUTING_MODES.map((mode) => (
                <label key={mode}>
                  <input
                    type="radio"
                    name={`mode-${teamId}`}
                    className="sr"
                    checked={draft.mode === mode}
                    onChange={() => change({ mode })}
                  />
                  {ROUTING_MODE_WORDS[mode].name}
                </label>
              ))}
            </fieldset>
            <p className="sub set-note">{ROUTING_MODE_WORDS[draft.mode].what}</p>
            {draft.mode !== 'manual' && (
              <TimeField
                name="Rings at one agent for"
                means="Then it goes on to the next best, and whoever let it ring is Away until they say that they are back."
                text={draft.ring}
                before={durationWords(saved.ringMs)}
                changed={durationOf(draft.ring) !== saved.ringMs}
                fault={typeof durationOf(draft.ring) === 'number' ? fields.ringMs : NO_DURATION}
                mayChange={mayChange}
                onWrite={(ring) => change({ ring })}
                onLeave={() => {
                  const ms = durationOf(draft.ring);
                  if (typeof ms === 'number') change({ ring: durationWords(ms) });
                }}
              />
            )}
          </section>
          {draft.mode === 'skill_based' && (
            <section className="set-sec" aria-labelledby={`skills-${teamId}`}>
              <header>
                <h2 id={`skills-${teamId}`}>Skills</h2>
                <span className="sub">What agents know is set under People</span>
              </header>
              <ul className="skill-rows">
                {draft.skills.map((skill, index) => (
                  <SkillRow
                    // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place while its name is written
                    key={index}
                    skill={skill}
                    have={preview?.data?.skills[index]?.have}
                    of={preview?.data?.teams[0]?.members}
                    fault={fields[`skills.${index}.name`]}
                    mayChange={mayChange}
                    onChange={(next) => change({ skills: draft.skills.with(index, next) })}
                    onRemove={() => change({ skills: draft.skills.toSpliced(index, 1) })}
                  />
                ))}
              </ul>
              {fields.skills && <p className="form-fault">{fields.skills}</p>}
              {mayChange && (
                <button
                  type="button"
                  className="btn btn-ghost"
                  onClick={() => change({ skills: [...draft.skills, { name: '', level: 1 }] })}
                >
                  <Plus className="i i-14" aria-hidden="true" />
                  Add a skill
                </button>
              )}
              <fieldset className="options" disabled={!mayChange} aria-labelledby={`skills-${teamId}`}>
                <Option
                  name="The customer’s language"
                  means="Only agents who speak the language of the site that the customer writes from."
                  checked={draft.matchLanguage}
                  before={saved.matchLanguage}
                  onChange={(matchLanguage) => change({ matchLanguage })}
                />
                <Option
                  name="Frustrated customers go to level 3"
                  means="Each skill is then asked for at the highest level."
                  checked={draft.seniorsFirst}
                  before={saved.seniorsFirst}
                  onChange={(seniorsFirst) => change({ seniorsFirst })}
                />
              </fieldset>
            </section>
          )}
          <section className="set-sec" aria-labelledby={`chain-${teamId}`}>
            <header>
              <h2 id={`chain-${teamId}`}>If nobody takes it</h2>
              <span className="sub">
                {draft.chain.length === 0 ? 'It waits for this team' : 'Each team is asked after its wait'}
              </span>
            </header>
            <ol className="chain">
              <ChainTeam place={1} name={team.name} reach={preview?.data?.teams[0]} />
              {draft.chain.map((step, index) => (
                <ChainTeam
                  key={step.teamId}
                  place={index + 2}
                  name={nameOf(step.teamId)}
                  reach={preview?.data?.teams[index + 1]}
                  after={step.after}
                  fault={
                    typeof durationOf(step.after) === 'number'
                      ? fields[`chain.${index}.afterMs`]
                      : NO_DURATION
                  }
                  mayChange={mayChange}
                  onAfter={(after) => change({ chain: draft.chain.with(index, { ...step, after }) })}
                  onRemove={() => change({ chain: draft.chain.toSpliced(index, 1) })}
                />
              ))}
            </ol>
            {mayChange && others.length > 0 && (
              <label className="chain-add">
                <span className="sr">Add a team</span>
                <select
                  className="input"
                  value=""
                  onChange={(event) =>
                    change({ chain: [...draft.chain, { teamId: event.target.value, after: FIRST_WAIT }] })
                  }
                >
                  <option value="" disabled>
                    Add a team
                  </option>
                  {others.map((each) => (
                    <option key={each.teamId} value={each.teamId}>
                      {each.name}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </section>
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
            setDraft(draftOf(saved));
            setting.forgetRefusal();
          }}
          onSave={() => void save()}
        >
          {preview?.data && reachText(draft.mode, preview.data)}
        </SettingsFoot>
      )}
    </>
  );
}

function SkillRow({
  skill,
  have,
  of,
  fault,
  mayChange,
  onChange,
  onRemove,
}: {
  skill: Draft['skills'][number];
  have: number | undefined;
  of: number | undefined;
  fault: string | undefined;
  mayChange: boolean;
  onChange: (skill: Draft['skills'][number]) => void;
  onRemove: () => void;
}) {
  return (
    <li>
      <input
        className="input grow"
        aria-label="Skill"
        aria-invalid={fault !== undefined}
        placeholder="Returns"
        value={skill.name}
        readOnly={!mayChange}
        onChange={(event) => onChange({ ...skill, name: event.target.value })}
      />
      <select
        className="input"
        aria-label={`Level of ${skill.name || 'the skill'}`}
        value={skill.level}
        disabled={!mayChange}
        onChange={(event) => {
          const level = SKILL_LEVELS.find((each) => String(each) === event.target.value);
          if (level) onChange({ ...skill, level });
        }}
      >
        {SKILL_LEVELS.map((level) => (
          <option key={level} value={level}>
            {level === 3 ? 'level 3' : `level ${level} or more`}
          </option>
        ))}
      </select>
      <span className="n t3 skill-have">{have !== undefined && of !== undefined && `${have} of ${of}`}</span>
      {mayChange && (
        <button
          type="button"
          className="icon-btn"
          aria-label={`Remove ${skill.name || 'this skill'}`}
          onClick={onRemove}
        >
          <X className="i i-14" aria-hidden="true" />
        </button>
      )}
      {fault && <p className="form-fault">{fault}</p>}
    </li>
  );
}

function Option({
  name,
  means,
  checked,
  before,
  onChange,
}: {
  name: string;
  means: string;
  checked: boolean;
  before: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={checked === before ? '' : 'changed'}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        <b>{name}</b>
        <span className="t3">{means}</span>
      </span>
    </label>
  );
}

function ChainTeam({
  place,
  name,
  reach,
  after,
  fault,
  mayChange = false,
  onAfter,
  onRemove,
}: {
  place: number;
  name: string;
  reach: RoutingPreview['teams'][number] | undefined;
  after?: string;
  fault?: string | undefined;
  mayChange?: boolean;
  onAfter?: (after: string) => void;
  onRemove?: () => void;
}) {
  return (
    <li>
      {after !== undefined && (
        <label className="chain-wait">
          not taken after
          <input
            className="input n"
            value={after}
            readOnly={!mayChange}
            aria-label={`${name} is asked after`}
            aria-invalid={fault !== undefined}
            onChange={(event) => onAfter?.(event.target.value)}
          />
          {fault && <span className="form-fault">{fault}</span>}
        </label>
      )}
      <div className="chain-team">
        <span className="n chain-place" aria-hidden="true">
          {place}
        </span>
        <Users className="i" aria-hidden="true" />
        <b className="grow clip">{name}</b>
        <span className="t3 n">{reach && `${reach.here} of ${reach.members} here`}</span>
        {onRemove && mayChange && (
          <button type="button" className="icon-btn" aria-label={`Remove ${name}`} onClick={onRemove}>
            <X className="i i-14" aria-hidden="true" />
          </button>
        )}
      </div>
    </li>
  );
}

function draftOf(routing: TeamRouting): Draft {
  return {
    mode: routing.mode,
    ring: durationWords(routing.ringMs),
    chain: routing.chain.map(({ teamId, afterMs }) => ({ teamId, after: durationWords(afterMs) })),
    skills: routing.skills.map((skill) => ({ ...skill })),
    matchLanguage: routing.matchLanguage,
    seniorsFirst: routing.seniorsFirst,
  };
}

/** What would be saved; null while a time cannot be read. */
function termsOf({ ring, chain, ...rest }: Draft): Omit<TeamRouting, 'version'> | null {
  const ringMs = durationOf(ring);
  const waits = chain.map(({ teamId, after }) => ({ teamId, afterMs: durationOf(after) }));
  if (typeof ringMs !== 'number') return null;
  const read = waits.flatMap(({ teamId, afterMs }) =>
    typeof afterMs === 'number' ? [{ teamId, afterMs }] : [],
  );
  return read.length === waits.length ? { ...rest, ringMs, chain: read } : null;
}

function changesIn(draft: Draft, saved: TeamRouting): number {
  const before = draftOf(saved);
  const keys = Object.keys(before) as (keyof Draft)[];
  return keys.filter((key) => JSON.stringify(draft[key]) !== JSON.stringify(before[key])).length;
}

function reachText(mode: TeamRouting['mode'], { teams: [own] }: RoutingPreview): string {
  if (!own || mode === 'manual') return '';
  const able = own.able === own.members ? '' : ` ${own.able} of ${own.members} have what is asked.`;
  return `${own.here} of ${own.members} could be rung now.${able}`;
}

async function readRouting(teamId: string): Promise<Answer<TeamRouting>> {
  const all = await readSetting<RoutingOfTeam[]>(ENDPOINT);
  if (all.error) return all;
  const own = all.data.find((each) => each.teamId === teamId);
  return own
    ? { data: own.routing }
    : { error: { code: 'not_found', message: 'This team is there no more. Load the page again.' } };
}

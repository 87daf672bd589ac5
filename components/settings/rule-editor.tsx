'use client';

import { Download, Plus, Upload } from 'lucide-react';
import Link from 'next/link';
import { type ChangeEvent, useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import { type Rule, type RuleSet, STARTER_RULES } from '@/lib/domain/rules';
import { postSetting, readSetting } from './call';
import { RuleCard } from './rule-card';
import { SettingsFoot } from './settings-foot';
import { useSetting } from './use-setting';
import { When } from './when';

const ENDPOINT = '/api/settings/rules';

interface DryRun {
  conversations: number;
  changed: number;
  list: { conversationId: string; text: string; at: number; rules: string[]; changes: string[] }[];
}

/** The desk's own rules in their order, with what they would have changed. */
export function RuleEditor({ set, teams, mayChange }: { set: RuleSet; teams: string[]; mayChange: boolean }) {
  const setting = useSetting(set, ENDPOINT, () => readSetting<RuleSet>(ENDPOINT));
  const { saved, note, busy } = setting;
  const [written, setWritten] = useState<readonly Rule[] | null>(null);
  const [fault, setFault] = useState<Refusal | null>(null);
  const [dry, setDry] = useState<{ run: DryRun; of: readonly Rule[] } | null>(null);
  const rules = written ?? saved.rules;
  const changed = JSON.stringify(rules) !== JSON.stringify(saved.rules);
  const refusal = setting.refusal ?? fault;

  function write(next: readonly Rule[]) {
    setting.forgetRefusal();
    setFault(null);
    setWritten(next);
  }
  function move(place: number, by: -1 | 1) {
    const next = [...rules];
    const [rule] = next.splice(place, 1);
    if (rule !== undefined) next.splice(place + by, 0, rule);
    write(next);
  }
  async function save() {
    if ((await setting.save({ rules })) !== null) setWritten(null);
  }
  async function dryRun() {
    const answer = await postSetting<DryRun>(`${ENDPOINT}/preview`, JSON.stringify({ rules }));
    setFault(answer.error ?? null);
    setDry(answer.data ? { run: answer.data, of: rules } : null);
  }
  async function take(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    const answer = await postSetting<Rule[]>(`${ENDPOINT}/read`, await file.text());
    if (answer.data) write(answer.data);
    else setFault(answer.error);
  }
  function give() {
    const url = URL.createObjectURL(
      new Blob([`${JSON.stringify({ rules }, null, 2)}\n`], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = 'rules.json';
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <div className="know">
      <div className="pane">
        <div className="scroll" tabIndex={-1}>
          <div className="set-body">
            <header className="know-head">
              <div className="grow">
                <h1 className="title">Rules</h1>
                <p className="sub">
                  Read at every message, from the top. Each that holds acts; where two speak of the same, the
                  first wins.
                </p>
              </div>
              <button type="button" className="btn btn-32" disabled={rules.length === 0} onClick={give}>
                <Download className="i" aria-hidden="true" />
                Export
              </button>
              {mayChange && (
                <label className="btn btn-32 rule-import">
                  <Upload className="i" aria-hidden="true" />
                  Import
                  <input className="sr" type="file" accept=".json,application/json" onChange={take} />
                </label>
              )}
            </header>
            {refusal?.fields && (
              <ul className="form-fault" role="status">
                {Object.entries(refusal.fields).map(([path, message]) => (
                  <li key={path}>
                    {placeText(path, rules)}
                    {message}
                  </li>
                ))}
              </ul>
            )}
            <ol className="rules">
              {rules.map((rule, place) => (
                <RuleCard
                  key={rule.id}
                  rule={rule}
                  place={place}
                  count={rules.length}
                  teams={teams}
                  mayChange={mayChange}
                  onWrite={(next) => write(rules.map((each) => (each === rule ? next : each)))}
                  onMove={(by) => move(place, by)}
                  onRemove={() => write(rules.filter((each) => each !== rule))}
                />
              ))}
            </ol>
            {rules.length === 0 && (
              <p className="sub know-empty">
                There are no rules: the bot goes by what it detects and by the thresholds alone.
              </p>
            )}
            {mayChange && (
              <div className="know-ways">
                <button
                  type="button"
                  className="btn btn-32"
                  onClick={() => write([...rules, newRule(rules)])}
                >
                  <Plus className="i" aria-hidden="true" />
                  Add a rule
                </button>
                {STARTER_RULES.some(({ id }) => !rules.some((rule) => rule.id === id)) && (
                  <button
                    type="button"
                    className="btn btn-32 btn-ghost"
                    onClick={() =>
                      write([
                        ...rules,
                        ...STARTER_RULES.filter(({ id }) => !rules.some((rule) => rule.id === id)),
                      ])
                    }
                  >
                    Add the starter rules
                  </button>
                )}
              </div>
            )}
            {!mayChange && <p className="sub">Admins change these.</p>}
          </div>
        </div>
        {mayChange && (
          <SettingsFoot
            changes={changed ? 1 : 0}
            refusal={refusal}
            note={note}
            saveLabel="Save"
            busy={busy}
            onUndo={() => {
              setWritten(null);
              setFault(null);
              setting.forgetRefusal();
            }}
            onSave={() => void save()}
          />
        )}
      </div>
      <aside className="know-aside" aria-label="Dry run">
        <section aria-labelledby="dry-title">
          <h2 id="dry-title">Dry run</h2>
          {mayChange && (
            <button type="button" className="btn btn-32" onClick={() => void dryRun()}>
              Run over past conversations
            </button>
          )}
          <div role="status">{dry && <DryRunResult run={dry.run} isOld={dry.of !== rules} />}</div>
          {dry === null && (
            <p className="t3 rule-hint">
              Lists which of the newest conversations would have gone otherwise by the rules as they stand
              here, saved or not.
            </p>
          )}
        </section>
      </aside>
    </div>
  );
}

function DryRunResult({ run, isOld }: { run: DryRun; isOld: boolean }) {
  const newest =
    run.conversations === 1 ? 'the newest conversation' : `the newest ${run.conversations} conversations`;
  return (
    <>
      {isOld && <p className="t3 rule-hint">Run before the last change.</p>}
      <p className="rule-hint">
        {run.conversations === 0
          ? 'The bot has had no conversation yet.'
          : `Of ${newest}, ${run.changed === 0 ? 'none' : run.changed} would have gone otherwise.`}
      </p>
      <ul className="dry">
        {run.list.map(({ conversationId, text, at, rules, changes }) => (
          <li key={conversationId}>
            <Link href={`/inbox/resolved/${conversationId}`} dir="auto">
              {text}
            </Link>
            <span>{changes.join(' · ')}</span>
            <span className="t3">
              {rules.join(', ')} · <When at={at} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** `Rule 2, “Refunds”: ` for what is said of `rules.1.when.0.has`. */
function placeText(path: string, rules: readonly Rule[]): string {
  const place = /^rules\.(\d+)/.exec(path)?.[1];
  if (place === undefined) return '';
  const name = rules[Number(place)]?.name;
  return `Rule ${Number(place) + 1}${name ? `, “${name}”` : ''} (${path.split('.').slice(2).join('.')}): `;
}

function newRule(rules: readonly Rule[]): Rule {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `rule-${number}`)) number += 1;
  return {
    id: `rule-${number}`,
    name: `Rule ${number}`,
    enabled: true,
    when: [{ if: 'text', has: [] }],
    act: [{ do: 'offer' }],
  };
}

'use client';

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { SIGNAL_WORDS } from '@/components/ui/words';
import type { Priority } from '@/lib/domain/handoff';
import { PAGE_MATCHES } from '@/lib/domain/page-address';
import {
  CHANNELS,
  CHURN_RISKS,
  INTENTS,
  RULED_PATHS,
  type Rule,
  type RuleAction,
  type RuleCondition,
} from '@/lib/domain/rules';

const CONDITIONS: Readonly<Record<RuleCondition['if'], { name: string; fresh: RuleCondition }>> = {
  text: { name: 'The message says', fresh: { if: 'text', has: [] } },
  intent: { name: 'It is about', fresh: { if: 'intent', is: ['refund'] } },
  page: { name: 'The page', fresh: { if: 'page', how: 'contains', is: [] } },
  channel: { name: 'They write', fresh: { if: 'channel', is: ['site'] } },
  hours: { name: 'The team is', fresh: { if: 'hours', are: 'closed' } },
  frustration: { name: 'Frustration at or over', fresh: { if: 'frustration', from: 0.5 } },
  polarity: { name: 'Tone of the words below', fresh: { if: 'polarity', below: -0.5 } },
  confidence: { name: 'Confidence below', fresh: { if: 'confidence', below: 0.6 } },
  language: { name: "The customer's language is", fresh: { if: 'language', is: ['en'] } },
  tier: { name: 'Their tier is', fresh: { if: 'tier', is: [] } },
  engagement: { name: 'Engagement at or over', fresh: { if: 'engagement', from: 0.8 } },
  pages: { name: 'Pages seen in this visit, at least', fresh: { if: 'pages', from: 3 } },
  time: { name: 'Seconds on the site, at least', fresh: { if: 'time', from: 60 } },
  lifetimeValue: { name: 'Their lifetime value at or over', fresh: { if: 'lifetimeValue', from: 5000 } },
  churnRisk: { name: 'Their churn risk is', fresh: { if: 'churnRisk', is: ['high'] } },
  attribute: { name: 'Their attribute', fresh: { if: 'attribute', name: '', is: [] } },
};
const ACTIONS: Readonly<Record<RuleAction['do'], string>> = {
  offer: 'Offer a person beside the answer',
  escalate: 'Offer a person instead of an answer',
  path: 'Offer only',
  team: 'Route to the team',
  priority: 'Set the priority to',
  suggest: 'Suggest a consultant, as an opportunity',
  approach: 'Approach whoever has the chat closed, with',
  label: 'Label it',
  notify: 'Tell',
};
const OWN_TEAM = 'the team it would be';
const PATH_WORDS = {
  live: 'a chat with a person',
  form: 'a form',
  callback: 'a call',
  follow_up: 'an answer by e-mail',
} as const;
const CHANNEL_WORDS = { site: 'on the site', link: 'in the chat alone, by a link' } as const;
const RISK_WORDS = { low: 'low', medium: 'medium', high: 'high' } as const;
const PAGE_WORDS = { contains: 'contains', starts: 'starts with', matches: 'matches' } as const;
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

/** One rule: its name, whether it is in use, when it holds and what it does. */
export function RuleCard({
  rule,
  place,
  count,
  teams,
  mayChange,
  onWrite,
  onMove,
  onRemove,
}: {
  rule: Rule;
  place: number;
  count: number;
  teams: string[];
  mayChange: boolean;
  onWrite: (rule: Rule) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const of = `of ${rule.name || `rule ${place + 1}`}`;
  const setWhen = (at: number, next: RuleCondition | null) =>
    onWrite({ ...rule, when: replaced(rule.when, at, next) });
  const setAct = (at: number, next: RuleAction | null) =>
    onWrite({ ...rule, act: replaced(rule.act, at, next) });
  const fresh = (kind: RuleAction['do']): RuleAction => freshAction(kind, teams[0] ?? '');
  const missing = (Object.keys(ACTIONS) as RuleAction['do'][]).find((kind) =>
    kind === 'offer' || kind === 'escalate'
      ? !rule.act.some((action) => action.do === 'offer' || action.do === 'escalate')
      : !rule.act.some((action) => action.do === kind),
  );
  return (
    <li className={rule.enabled ? 'rule' : 'rule off'}>
      <fieldset disabled={!mayChange} aria-label={`Rule ${place + 1}: ${rule.name}`}>
        <div className="rule-head">
          <span className="n t3">{place + 1}</span>
          <input
            className="input grow"
            value={rule.name}
            maxLength={80}
            aria-label={`Name of rule ${place + 1}`}
            onChange={(event) => onWrite({ ...rule, name: event.target.value })}
          />
          <label className="check-label">
            <input
              type="checkbox"
              checked={rule.enabled}
              onChange={(event) => onWrite({ ...rule, enabled: event.target.checked })}
            />
            In use
          </label>
          <button
            type="button"
            className="btn btn-ghost btn-24"
            aria-label={`Move ${rule.name} up`}
            disabled={place === 0}
            onClick={() => onMove(-1)}
          >
            <ArrowUp className="i" aria-hidden="true" />
          </button>
          <button
            type="button"
            className="btn btn-ghost btn-24"
            aria-label={`Move ${rule.name} down`}
            disabled={place === count - 1}
            onClick={() => onMove(1)}
          >
            <ArrowDown className="i" aria-hidden="true" />
          </button>
          <button
            type="button"
            className="btn btn-ghost btn-24"
            aria-label={`Remove ${rule.name}`}
            onClick={onRemove}
          >
            <X className="i" aria-hidden="true" />
          </button>
        </div>
        {rule.when.map((condition, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name but its place
          <div key={`${at}${condition.if}`} className="rule-row">
            <span className="t3">{at === 0 ? 'If' : 'and'}</span>
            <select
              className="input"
              aria-label={`Condition ${at + 1} ${of}`}
              value={condition.if}
              onChange={(event) => setWhen(at, CONDITIONS[event.target.value as RuleCondition['if']].fresh)}
            >
              {(Object.keys(CONDITIONS) as RuleCondition['if'][]).map((kind) => (
                <option key={kind} value={kind}>
                  {CONDITIONS[kind].name}
                </option>
              ))}
            </select>
            <ConditionFields
              condition={condition}
              label={`condition ${at + 1} ${of}`}
              onWrite={(next) => setWhen(at, next)}
            />
            {rule.when.length > 1 && (
              <button
                type="button"
                className="btn btn-ghost btn-24"
                aria-label={`Remove condition ${at + 1} ${of}`}
                onClick={() => setWhen(at, null)}
              >
                <X className="i" aria-hidden="true" />
              </button>
            )}
          </div>
        ))}
        {rule.act.map((action, at) => (
          <div key={action.do} className="rule-row">
            <span className="t3">{at === 0 ? 'then' : 'and'}</span>
            <select
              className="input"
              aria-label={`Action ${at + 1} ${of}`}
              value={action.do}
              onChange={(event) => setAct(at, fresh(event.target.value as RuleAction['do']))}
            >
              {(Object.keys(ACTIONS) as RuleAction['do'][]).map((kind) => (
                <option key={kind} value={kind}>
                  {ACTIONS[kind]}
                </option>
              ))}
            </select>
            <ActionFields action={action} of={of} teams={teams} onWrite={(next) => setAct(at, next)} />
            {rule.act.length > 1 && (
              <button
                type="button"
                className="btn btn-ghost btn-24"
                aria-label={`Remove action ${at + 1} ${of}`}
                onClick={() => setAct(at, null)}
              >
                <X className="i" aria-hidden="true" />
              </button>
            )}
          </div>
        ))}
        {mayChange && (
          <div className="rule-more">
            <button
              type="button"
              className="btn btn-ghost btn-24"
              onClick={() => onWrite({ ...rule, when: [...rule.when, CONDITIONS.text.fresh] })}
            >
              <Plus className="i" aria-hidden="true" />
              Condition
            </button>
            {missing !== undefined && (
              <button
                type="button"
                className="btn btn-ghost btn-24"
                onClick={() => onWrite({ ...rule, act: [...rule.act, fresh(missing)] })}
              >
                <Plus className="i" aria-hidden="true" />
                Action
              </button>
            )}
          </div>
        )}
      </fieldset>
    </li>
  );
}

function freshAction(kind: RuleAction['do'], team: string): RuleAction {
  switch (kind) {
    case 'team':
      return { do: kind, team };
    case 'priority':
      return { do: kind, priority: 2 };
    case 'path':
      return { do: kind, path: 'callback' };
    case 'approach':
      return { do: kind, text: 'Looking at plans for a team? A consultant can help.' };
    case 'label':
      return { do: kind, label: '' };
    case 'notify':
      return { do: kind, team: null };
    default:
      return { do: kind };
  }
}

function ActionFields({
  action,
  of,
  teams,
  onWrite,
}: {
  action: RuleAction;
  of: string;
  teams: string[];
  onWrite: (next: RuleAction) => void;
}) {
  switch (action.do) {
    case 'team':
      return (
        <Choice
          label={`Team ${of}`}
          value={action.team}
          options={named([...new Set([...teams, action.team])])}
          onChoose={(team) => onWrite({ do: 'team', team })}
        />
      );
    case 'notify':
      return (
        <Choice
          label={`Team to tell ${of}`}
          value={action.team ?? ''}
          options={{
            '': OWN_TEAM,
            ...named([...new Set([...teams, ...(action.team ? [action.team] : [])])]),
          }}
          onChoose={(team) => onWrite({ do: 'notify', team: team === '' ? null : team })}
        />
      );
    case 'path':
      return (
        <Choice
          label={`Path ${of}`}
          value={action.path}
          options={PATH_WORDS}
          onChoose={(path) =>
            onWrite({ do: 'path', path: RULED_PATHS.find((each) => each === path) ?? 'live' })
          }
        />
      );
    case 'priority':
      return (
        <Choice
          label={`Priority ${of}`}
          value={`${action.priority}`}
          options={Object.fromEntries(PRIORITIES.map((priority) => [`${priority}`, `P${priority}`]))}
          onChoose={(text) => onWrite({ do: 'priority', priority: priorityOf(text) })}
        />
      );
    case 'approach':
      return (
        <input
          className="input grow"
          aria-label={`Words ${of}`}
          value={action.text}
          maxLength={160}
          onChange={(event) => onWrite({ do: 'approach', text: event.target.value })}
        />
      );
    case 'label':
      return (
        <input
          className="input grow"
          aria-label={`Label ${of}`}
          placeholder="Enterprise"
          value={action.label}
          maxLength={40}
          onChange={(event) => onWrite({ do: 'label', label: event.target.value })}
        />
      );
    default:
      return null;
  }
}

function named(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value) => [value, value]));
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: Readonly<Record<string, string>>;
  onChoose: (value: string) => void;
}) {
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      {Object.entries(options).map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Any number of a few. */
function Several<T extends string>({
  all,
  words,
  values,
  label,
  onWrite,
}: {
  all: readonly T[];
  words: Readonly<Partial<Record<T, string>>>;
  values: readonly T[];
  label: string;
  onWrite: (values: T[]) => void;
}) {
  return (
    <select
      className="input"
      aria-label={label}
      multiple
      size={Math.min(4, all.length)}
      value={[...values]}
      onChange={(event) => {
        const chosen = [...event.target.selectedOptions].map((option) => option.value);
        onWrite(all.filter((each) => chosen.includes(each)));
      }}
    >
      {all.map((each) => (
        <option key={each} value={each}>
          {words[each] ?? each}
        </option>
      ))}
    </select>
  );
}

function ConditionFields({
  condition,
  label,
  onWrite,
}: {
  condition: RuleCondition;
  label: string;
  onWrite: (next: RuleCondition) => void;
}) {
  switch (condition.if) {
    case 'text':
      return (
        <ListField
          values={condition.has}
          label={`Words for ${label}`}
          placeholder="manager, your boss, complain*"
          onWrite={(has) => onWrite({ if: 'text', has })}
        />
      );
    case 'intent':
      return (
        <Several
          all={INTENTS}
          words={SIGNAL_WORDS}
          values={condition.is}
          label={`Matter for ${label}`}
          onWrite={(is) => onWrite({ if: 'intent', is })}
        />
      );
    case 'page':
      return (
        <>
          <Choice
            label={`How the page matches for ${label}`}
            value={condition.how}
            options={PAGE_WORDS}
            onChoose={(how) =>
              onWrite({ ...condition, how: PAGE_MATCHES.find((each) => each === how) ?? 'contains' })
            }
          />
          <ListField
            values={condition.is}
            label={`Pages for ${label}`}
            placeholder={condition.how === 'matches' ? '/plans/*' : '/enterprise'}
            onWrite={(is) => onWrite({ ...condition, is })}
          />
        </>
      );
    case 'channel':
      return (
        <Several
          all={CHANNELS}
          words={CHANNEL_WORDS}
          values={condition.is}
          label={`Channel for ${label}`}
          onWrite={(is) => onWrite({ if: 'channel', is })}
        />
      );
    case 'churnRisk':
      return (
        <Several
          all={CHURN_RISKS}
          words={RISK_WORDS}
          values={condition.is}
          label={`Churn risk for ${label}`}
          onWrite={(is) => onWrite({ if: 'churnRisk', is })}
        />
      );
    case 'lifetimeValue':
      return (
        <NumberField
          value={condition.from}
          label={`Lifetime value for ${label}`}
          least={0}
          most={1_000_000_000_000}
          step={100}
          onWrite={(from) => onWrite({ if: 'lifetimeValue', from })}
        />
      );
    case 'hours':
      return (
        <select
          className="input"
          aria-label={`Hours for ${label}`}
          value={condition.are}
          onChange={(event) =>
            onWrite({ if: 'hours', are: event.target.value === 'open' ? 'open' : 'closed' })
          }
        >
          <option value="open">open</option>
          <option value="closed">closed</option>
        </select>
      );
    case 'engagement':
      return (
        <NumberField
          value={condition.from}
          label={`Engagement for ${label}`}
          least={0}
          onWrite={(from) => onWrite({ if: 'engagement', from })}
        />
      );
    case 'pages':
    case 'time':
      return (
        <NumberField
          value={condition.from}
          label={`${condition.if === 'pages' ? 'Pages' : 'Seconds'} for ${label}`}
          least={1}
          most={condition.if === 'pages' ? 1000 : 86_400}
          step={1}
          onWrite={(from) => onWrite({ if: condition.if, from })}
        />
      );
    case 'frustration':
      return (
        <NumberField
          value={condition.from}
          label={`Frustration for ${label}`}
          least={0}
          onWrite={(from) => onWrite({ if: 'frustration', from })}
        />
      );
    case 'polarity':
    case 'confidence':
      return (
        <NumberField
          value={condition.below}
          label={`Limit for ${label}`}
          least={condition.if === 'polarity' ? -1 : 0}
          onWrite={(below) => onWrite({ if: condition.if, below })}
        />
      );
    case 'language':
    case 'tier':
      return (
        <ListField
          values={condition.is}
          label={`Values for ${label}`}
          placeholder={condition.if === 'tier' ? 'gold, platinum' : 'de, fr-CH'}
          onWrite={(is) => onWrite({ if: condition.if, is })}
        />
      );
    case 'attribute':
      return (
        <>
          <input
            className="input"
            aria-label={`Attribute for ${label}`}
            placeholder="plan"
            value={condition.name}
            maxLength={60}
            onChange={(event) => onWrite({ ...condition, name: event.target.value })}
          />
          <span className="t3">is</span>
          <ListField
            values={condition.is}
            label={`Values for ${label}`}
            placeholder="team, enterprise"
            onWrite={(is) => onWrite({ ...condition, is })}
          />
        </>
      );
  }
}

/** Several values with commas between them, as they are typed. */
function ListField({
  values,
  label,
  placeholder,
  onWrite,
}: {
  values: readonly string[];
  label: string;
  placeholder: string;
  onWrite: (values: string[]) => void;
}) {
  const [text, setText] = useState(values.join(', '));
  const shown = JSON.stringify(listOf(text)) === JSON.stringify(values) ? text : values.join(', ');
  return (
    <input
      className="input grow"
      aria-label={label}
      placeholder={placeholder}
      value={shown}
      onChange={(event) => {
        setText(event.target.value);
        onWrite(listOf(event.target.value));
      }}
    />
  );
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function NumberField({
  value,
  label,
  least,
  most = 1,
  step = 0.05,
  onWrite,
}: {
  value: number;
  label: string;
  least: number;
  most?: number;
  step?: number;
  onWrite: (value: number) => void;
}) {
  return (
    <input
      className="input n rule-number"
      type="number"
      min={least}
      max={most}
      step={step}
      aria-label={label}
      value={value}
      onChange={(event) => onWrite(event.target.valueAsNumber || 0)}
    />
  );
}

function priorityOf(text: string): Priority {
  return PRIORITIES.find((each) => `${each}` === text) ?? 3;
}

/** Without what stood there where nothing takes its place. */
function replaced<T>(all: readonly T[], at: number, next: T | null): T[] {
  return all.flatMap((each, place) => (place !== at ? [each] : next === null ? [] : [next]));
}

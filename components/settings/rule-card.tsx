'use client';

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { SIGNAL_WORDS } from '@/components/ui/words';
import type { Priority } from '@/lib/domain/handoff';
import { INTENTS, type Intent, type Rule, type RuleAction, type RuleCondition } from '@/lib/domain/rules';

const CONDITIONS: Readonly<Record<RuleCondition['if'], { name: string; fresh: RuleCondition }>> = {
  text: { name: 'The message says', fresh: { if: 'text', has: [] } },
  intent: { name: 'It is about', fresh: { if: 'intent', is: ['refund'] } },
  hours: { name: 'The team is', fresh: { if: 'hours', are: 'closed' } },
  frustration: { name: 'Frustration at or over', fresh: { if: 'frustration', from: 0.5 } },
  polarity: { name: 'Tone of the words below', fresh: { if: 'polarity', below: -0.5 } },
  confidence: { name: 'Confidence below', fresh: { if: 'confidence', below: 0.6 } },
  language: { name: "The customer's language is", fresh: { if: 'language', is: ['en'] } },
  tier: { name: 'Their tier is', fresh: { if: 'tier', is: [] } },
  attribute: { name: 'Their attribute', fresh: { if: 'attribute', name: '', is: [] } },
};
const ACTIONS: Readonly<Record<RuleAction['do'], string>> = {
  offer: 'Offer a person beside the answer',
  escalate: 'Offer a person instead of an answer',
  team: 'Route to the team',
  priority: 'Set the priority to',
};
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
  const fresh = (kind: RuleAction['do']): RuleAction =>
    kind === 'team'
      ? { do: kind, team: teams[0] ?? '' }
      : kind === 'priority'
        ? { do: kind, priority: 2 }
        : { do: kind };
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
            {action.do === 'team' && (
              <select
                className="input"
                aria-label={`Team ${of}`}
                value={action.team}
                onChange={(event) => setAct(at, { do: 'team', team: event.target.value })}
              >
                {[...new Set([...teams, action.team])].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
            {action.do === 'priority' && (
              <select
                className="input"
                aria-label={`Priority ${of}`}
                value={action.priority}
                onChange={(event) => setAct(at, { do: 'priority', priority: priorityOf(event.target.value) })}
              >
                {PRIORITIES.map((priority) => (
                  <option key={priority} value={priority}>
                    P{priority}
                  </option>
                ))}
              </select>
            )}
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
        <select
          className="input"
          aria-label={`Matter for ${label}`}
          multiple
          size={4}
          value={[...condition.is]}
          onChange={(event) =>
            onWrite({
              if: 'intent',
              is: [...event.target.selectedOptions].map(({ value }) => value as Intent),
            })
          }
        >
          {INTENTS.map((intent) => (
            <option key={intent} value={intent}>
              {SIGNAL_WORDS[intent] ?? intent}
            </option>
          ))}
        </select>
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
  onWrite,
}: {
  value: number;
  label: string;
  least: number;
  onWrite: (value: number) => void;
}) {
  return (
    <input
      className="input n rule-number"
      type="number"
      min={least}
      max={1}
      step={0.05}
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

import { z } from 'zod';
import type { Database } from '@/db/client';
import { readSettings } from '@/db/queries/settings';
import { type BotThresholds, DEFAULT_BOT_THRESHOLDS } from '@/lib/domain/bot-settings';
import { DEFAULT_TOOL_SWITCHES, type ToolSwitches } from '@/lib/domain/bot-tools';
import type { Calendar } from '@/lib/domain/business-hours';
import { type CallbackSettings, DEFAULT_CALLBACK_SETTINGS } from '@/lib/domain/callback-settings';
import type { FormTemplate } from '@/lib/domain/form-template';
import type { Lookup } from '@/lib/domain/lookup';
import { DEFAULT_MODEL_SETTINGS, type ModelSettings } from '@/lib/domain/model-settings';
import { type PresenceTimes, presenceTimes } from '@/lib/domain/presence';
import { DEFAULT_PRIORITY_POLICY, type PriorityPolicy } from '@/lib/domain/priority-policy';
import { DEFAULT_QUEUE_SETTINGS, type QueueSettings } from '@/lib/domain/queue-settings';
import { DEFAULT_TEAM_ROUTING, type TeamRouting } from '@/lib/domain/routing-settings';
import { DEFAULT_RULE_SET, type RuleSet } from '@/lib/domain/rules';
import type { SlaRules } from '@/lib/domain/sla';
import { DEFAULT_SLA_POLICY, type SlaPolicy } from '@/lib/domain/sla-policy';
import { formTerms } from '../form/form-terms';
import { modelTerms } from '../model/model-terms';
import { ruleList } from '../rules/rule-terms';
import { lookupTerms } from '../tools/lookup-terms';
import { toolTerms } from '../tools/tool-terms';
import {
  botTerms,
  calendar,
  callbackTerms,
  priorityTerms,
  queueTerms,
  routingTerms,
  slaTargets,
} from './inputs';

const version = z.int().min(1);
const storedPolicy = z.strictObject({ version, clock: z.enum(['business', 'always']), targets: slaTargets });
const storedPriorities = z.strictObject({ version, ...priorityTerms.shape });
/** A test may hold a shorter grace than an admin may choose. */
const storedQueue = z.strictObject({ version, ...queueTerms.shape, graceMs: z.int().min(4) });
const storedRouting = z.strictObject({ version, ...routingTerms.shape });
const storedForm = z.strictObject({ version, terms: formTerms });
const storedModel = z.strictObject({ version, ...modelTerms.shape, secretId: z.uuid().nullable() });
const storedLookup = z.strictObject({ version, terms: lookupTerms });
const storedBot = z.strictObject({ version, ...botTerms.shape });
const storedCallbacks = z.strictObject({ version, ...callbackTerms.shape });
const storedRules = z.strictObject({ version, rules: ruleList });
const storedTools = z.strictObject({ version, ...toolTerms.shape });
const storedHours = z.strictObject({ version, calendar: calendar.nullable() });

/** The hours of a team as they are kept; the version grows with each change. A null calendar is around the clock. */
export type TeamHours = { version: number; calendar: Calendar | null };

/** What admins decided, held in memory and read again when told to. A missing row is the default that ships. */
export interface Settings {
  slaPolicy(): SlaPolicy;
  /** By what the first priority of a handoff is decided. */
  priorityPolicy(): PriorityPolicy;
  /** Version 0: the team's were never set, and it is there around the clock. */
  hours(teamId: string): TeamHours;
  /** What the clocks of a team's handoffs are held to. */
  slaRules(teamId: string | null): SlaRules;
  /** When the bot offers a person. */
  thresholds(): BotThresholds;
  /** The desk's own rules, in their order. */
  rules(): RuleSet;
  queue(): QueueSettings;
  presenceTimes(): PresenceTimes;
  /** How a team's handoffs find their agent. */
  routing(teamId: string): TeamRouting;
  /** Templates of forms, by name. */
  forms(): readonly FormTemplate[];
  form(templateId: string): FormTemplate | undefined;
  /** How a team calls back. */
  callbacks(teamId: string): CallbackSettings;
  /** What a widget's bot goes without. */
  tools(widgetId: string): ToolSwitches;
  /** Which model words answers. */
  model(): ModelSettings;
  /** What the bot may look up elsewhere, by name. */
  lookups(): readonly Lookup[];
  lookup(lookupId: string): Lookup | undefined;
  /** Answers whether anything is other than it was. */
  refresh(): Promise<boolean>;
}

export const SLA_POLICY = 'sla.policy';
export const PRIORITY_POLICY = 'priority.policy';
export const BOT_THRESHOLDS = 'bot.thresholds';
export const RULES = 'rules';
export const QUEUE = 'queue';
export const routingKey = (teamId: string) => `routing:${teamId}`;
export const formKey = (templateId: string) => `form:${templateId}`;
export const callbacksKey = (teamId: string) => `callbacks:${teamId}`;
export const MODEL = 'model';
export const lookupKey = (lookupId: string) => `lookup:${lookupId}`;
export const toolsKey = (widgetId: string) => `tools:${widgetId}`;
export const hoursKey = (teamId: string) => `hours:${teamId}`;
/** Names a team's calendar in the ledgers of its clocks. */
export const calendarVersion = (teamId: string | null, version: number) => `${teamId}:${version}`;

const NEVER_SET: TeamHours = { version: 0, calendar: null };

/** Throws when a stored setting is not what this version understands: better no start than other promises. */
export async function openSettings(db: Database): Promise<Settings> {
  let held = parsed(await readSettings(db));
  const hours = (teamId: string) => held.hours.get(teamId) ?? NEVER_SET;
  return {
    slaPolicy: () => held.policy,
    priorityPolicy: () => held.priorities,
    hours,
    slaRules: (teamId) => {
      const own = teamId === null ? null : hours(teamId);
      return {
        policy: held.policy,
        calendar: own?.calendar ?? null,
        calendarVersion: own === null || own.version === 0 ? null : calendarVersion(teamId, own.version),
      };
    },
    thresholds: () => held.thresholds,
    rules: () => held.rules,
    queue: () => held.queue,
    presenceTimes: () => presenceTimes(held.queue.graceMs),
    routing: (teamId) => held.routing.get(teamId) ?? DEFAULT_TEAM_ROUTING,
    forms: () => held.forms,
    form: (templateId) => held.forms.find(({ id }) => id === templateId),
    callbacks: (teamId) => held.callbacks.get(teamId) ?? DEFAULT_CALLBACK_SETTINGS,
    tools: (widgetId) => held.tools.get(widgetId) ?? DEFAULT_TOOL_SWITCHES,
    model: () => held.model,
    lookups: () => held.lookups,
    lookup: (lookupId) => held.lookups.find(({ id }) => id === lookupId),
    refresh: async () => {
      const before = held.text;
      held = parsed(await readSettings(db));
      return held.text !== before;
    },
  };
}

function parsed(rows: { key: string; value: unknown }[]) {
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  const policy: SlaPolicy = values.has(SLA_POLICY)
    ? storedPolicy.parse(values.get(SLA_POLICY))
    : DEFAULT_SLA_POLICY;
  const priorities: PriorityPolicy = values.has(PRIORITY_POLICY)
    ? storedPriorities.parse(values.get(PRIORITY_POLICY))
    : DEFAULT_PRIORITY_POLICY;
  const thresholds: BotThresholds = values.has(BOT_THRESHOLDS)
    ? storedBot.parse(values.get(BOT_THRESHOLDS))
    : DEFAULT_BOT_THRESHOLDS;
  const rules: RuleSet = values.has(RULES) ? storedRules.parse(values.get(RULES)) : DEFAULT_RULE_SET;
  const hours = new Map<string, TeamHours>();
  const routing = new Map<string, TeamRouting>();
  const forms: FormTemplate[] = [];
  const callbacks = new Map<string, CallbackSettings>();
  const model: ModelSettings = values.has(MODEL)
    ? storedModel.parse(values.get(MODEL))
    : DEFAULT_MODEL_SETTINGS;
  const lookups: Lookup[] = [];
  const tools = new Map<string, ToolSwitches>();
  for (const [key, value] of values) {
    const [kind, teamId] = key.split(':');
    if (kind === 'form' && teamId) forms.push(formOf(teamId, value));
    if (kind === 'hours' && teamId) hours.set(teamId, storedHours.parse(value));
    if (kind === 'callbacks' && teamId) callbacks.set(teamId, storedCallbacks.parse(value));
    if (kind === 'lookup' && teamId) {
      const { version: held, terms } = storedLookup.parse(value);
      lookups.push({ id: teamId, version: held, ...terms });
    }
    if (kind === 'tools' && teamId) tools.set(teamId, storedTools.parse(value));
    if (kind === 'routing' && teamId) routing.set(teamId, storedRouting.parse(value));
  }
  const queue: QueueSettings = values.has(QUEUE)
    ? storedQueue.parse(values.get(QUEUE))
    : DEFAULT_QUEUE_SETTINGS;
  forms.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  lookups.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return {
    policy,
    priorities,
    thresholds,
    rules,
    hours,
    routing,
    callbacks,
    tools,
    lookups,
    model,
    forms,
    queue,
    text: JSON.stringify(rows),
  };
}

function formOf(id: string, value: unknown): FormTemplate {
  const { version: held, terms } = storedForm.parse(value);
  return { id, version: held, ...terms };
}

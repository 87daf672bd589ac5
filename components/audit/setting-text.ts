import { DISCIPLINE_WORDS, SLA_TARGET_WORDS } from '@/components/ui/words';
import { type BotThresholds, THRESHOLD_NAMES, type ThresholdName } from '@/lib/domain/bot-settings';
import { isToolOn, type ToolSwitches } from '@/lib/domain/bot-tools';
import type { Calendar } from '@/lib/domain/business-hours';
import type { CallbackSettings } from '@/lib/domain/callback-settings';
import { durationWords } from '@/lib/domain/duration-words';
import { type FormTerms, isSealed } from '@/lib/domain/form-template';
import type { Priority } from '@/lib/domain/handoff';
import type { LookupTerms } from '@/lib/domain/lookup';
import type { ModelSettings } from '@/lib/domain/model-settings';
import { PART_NAMES, type PriorityPolicy, WEIGHED_PARTS } from '@/lib/domain/priority-policy';
import type { QueueSettings } from '@/lib/domain/queue-settings';
import type { RuleSet } from '@/lib/domain/rules';
import type { SlaPolicy, SlaTargets } from '@/lib/domain/sla-policy';

const THRESHOLD_WORDS: Readonly<Record<ThresholdName, string>> = {
  confidence: 'confidence',
  frustration: 'frustration',
  loop: 'same question',
  questions: 'questions at once',
  topics: 'topics',
  sessionMinutes: 'minutes',
  refundOver: 'refund over',
  polarity: 'unkind below',
};
const CLOCKS: Readonly<Record<SlaPolicy['clock'], string>> = {
  business: "team's hours",
  always: 'around the clock',
};
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const THRESHOLDS = [1, 2, 3] as const;
const TARGETS: readonly (keyof SlaTargets)[] = ['firstResponseMs', 'nextResponseMs', 'resolutionMs'];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `P2 first response 5 min → 4 min · clock team's hours → around the clock` */
export function policyChangeText({ before, after }: { before: SlaPolicy; after: SlaPolicy }): string {
  const changes = PRIORITIES.flatMap((priority) =>
    TARGETS.flatMap((metric) => {
      const [was, is] = [before.targets[priority][metric], after.targets[priority][metric]];
      return was === is
        ? []
        : `P${priority} ${SLA_TARGET_WORDS[metric]} ${durationWords(was)} → ${durationWords(is)}`;
    }),
  );
  if (before.clock !== after.clock) changes.push(`clock ${CLOCKS[before.clock]} → ${CLOCKS[after.clock]}`);
  return changes.join(' · ');
}

/** `P1 from 85 → 80 · churn risk 25 → 30` */
export function priorityChangeText({
  before,
  after,
}: {
  before: PriorityPolicy;
  after: PriorityPolicy;
}): string {
  const changed = (name: string, was: number, is: number) => (was === is ? [] : [`${name} ${was} → ${is}`]);
  return [
    ...THRESHOLDS.flatMap((each) =>
      changed(`P${each} from`, before.thresholds[each], after.thresholds[each]),
    ),
    ...WEIGHED_PARTS.flatMap((part) => changed(PART_NAMES[part], before.weights[part], after.weights[part])),
  ].join(' · ');
}

/** `order in time where possible → strict priority · grace 60 s → 90 s` */
export function queueChangeText({ before, after }: { before: QueueSettings; after: QueueSettings }): string {
  const tell = (settings: QueueSettings): Record<string, string> => ({
    order: DISCIPLINE_WORDS[settings.discipline],
    'turns of the breached': `${Math.round(settings.agedShare * 100)} %`,
    'P1 above capacity': settings.overflowSlots > 0 ? 'one in each team' : 'none',
    'waiting for the customer': settings.waitingFreesSlot ? 'frees the slot' : 'takes a slot',
    grace: durationWords(settings.graceMs),
    'away after': durationWords(settings.awayAfterMs),
  });
  const [was, is] = [tell(before), tell(after)];
  return Object.keys(is)
    .filter((name) => was[name] !== is[name])
    .map((name) => `${name} ${was[name]} → ${is[name]}`)
    .join(' · ');
}

/** `confidence 0.4 → 0.5 · refund over 500 → 300` */
export function thresholdsChangeText({
  before,
  after,
}: {
  before: BotThresholds;
  after: BotThresholds;
}): string {
  return THRESHOLD_NAMES.filter((name) => before[name] !== after[name])
    .map((name) => `${THRESHOLD_WORDS[name]} ${before[name]} → ${after[name]}`)
    .join(' · ');
}

/** `added Refunds · removed Legal · changed Complaints · other order` */
export function rulesChangeText({ before, after }: { before: RuleSet; after: RuleSet }): string {
  const find = ({ rules }: RuleSet, id: string) => rules.find((rule) => rule.id === id);
  const changes = [
    ...after.rules.filter(({ id }) => !find(before, id)).map(({ name }) => `added ${name}`),
    ...before.rules.filter(({ id }) => !find(after, id)).map(({ name }) => `removed ${name}`),
    ...after.rules
      .filter((rule) => {
        const was = find(before, rule.id);
        return was !== undefined && JSON.stringify(was) !== JSON.stringify(rule);
      })
      .map(({ name }) => `changed ${name}`),
  ];
  return changes.length > 0 ? changes.join(' · ') : 'another order';
}

/** `Fern: send_secure_form off · schedule_callback on` */
export function toolsChangeText(change: {
  botName: string;
  before: ToolSwitches;
  after: ToolSwitches;
}): string {
  const { before, after } = change;
  const changes = [
    ...after.off.filter((tool) => isToolOn(before, tool)).map((tool) => `${tool} off`),
    ...before.off.filter((tool) => isToolOn(after, tool)).map((tool) => `${tool} on`),
  ];
  return `${change.botName}: ${changes.join(' · ')}`;
}

/** `“Order status” made` · `“Order status”: url, headers` */
export function lookupChangeText({
  before,
  after,
}: {
  before: { terms: LookupTerms | null };
  after: { terms: LookupTerms };
}): string {
  const [was, is] = [before.terms, after.terms];
  if (was === null) return `“${is.name}” made`;
  const keys = Object.keys(is) as (keyof LookupTerms)[];
  const changed = keys.filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]));
  return `“${is.name}”: ${changed.join(' · ')}`;
}

/** `url, key` */
export function modelChangeText({ before, after }: { before: ModelSettings; after: ModelSettings }): string {
  const keys = (Object.keys(after) as (keyof ModelSettings)[]).filter((key) => key !== 'version');
  const changed = keys.filter((key) => before[key] !== after[key]);
  return changed
    .map((key) => {
      if (key === 'active') return after.active ? 'in use' : 'out of use';
      return key === 'secretId' ? 'key' : key;
    })
    .join(' · ');
}

/** `returns-and-refunds, version 3: body, examples` */
export function articleChangeText(change: {
  articleId: string;
  version: number;
  changed?: readonly string[];
}): string {
  const what = change.changed === undefined ? '' : `: ${change.changed.join(', ')}`;
  return `${change.articleId}, version ${change.version}${what}`;
}

/** `“Return request” made` · `“Return request”: name, fields, in use` */
export function formChangeText({
  before,
  after,
}: {
  before: { terms: FormTerms | null };
  after: { terms: FormTerms };
}): string {
  const { terms: was } = before;
  const is = after.terms;
  if (was === null) return `“${is.name}” made`;
  const parts: [string, unknown, unknown][] = [
    [`name was “${was.name}”`, was.name, is.name],
    ['introduction', was.intro, is.intro],
    [`fields ${fieldNames(was)} → ${fieldNames(is)}`, was.fields, is.fields],
    ['where it is hosted', was.target, is.target],
    ['who reads it', was.teamId, is.teamId],
    ['when it is offered', was.offer, is.offer],
    [is.active ? 'in use again' : 'out of use', was.active, is.active],
  ];
  const changed = parts.filter(([, a, b]) => JSON.stringify(a) !== JSON.stringify(b)).map(([name]) => name);
  return `“${is.name}”: ${changed.join(' · ')}`;
}

function fieldNames({ fields }: FormTerms): string {
  return fields.map((field) => (isSealed(field) ? `${field.label} (sealed)` : field.label)).join(', ');
}

/** `Returns: voice 15 min → 20 min · buffer 5 min → 10 min` */
export function callbacksChangeText(change: {
  teamName: string;
  before: CallbackSettings;
  after: CallbackSettings;
}): string {
  const minutes = (count: number | null) => (count === null ? 'off' : durationWords(count * 60_000));
  const tell = (settings: CallbackSettings): Record<string, string> => ({
    offered: { slots: 'at a chosen time', queue: 'within a time', off: 'no' }[settings.mode],
    ...Object.fromEntries(
      Object.entries(settings.minutes).map(([channel, length]) => [channel, minutes(length)]),
    ),
    meeting: settings.meetingUrl ?? 'none',
    buffer: minutes(settings.bufferMinutes),
    notice: minutes(settings.noticeMinutes),
    ahead: minutes(settings.horizonDays * 24 * 60),
    'late after': minutes(settings.lateMinutes),
    within: minutes(settings.withinMinutes),
  });
  const [was, is] = [tell(change.before), tell(change.after)];
  const changes = Object.keys(is).filter((name) => was[name] !== is[name]);
  return `${change.teamName}: ${changes.map((name) => `${name} ${was[name]} → ${is[name]}`).join(' · ')}`;
}

interface Hours {
  calendar: Calendar | null;
}

/** `Returns: around the clock → Mon–Fri 09:00–17:00, Europe/Stockholm` */
export function hoursChangeText(change: { teamName: string; before: Hours; after: Hours }): string {
  return `${change.teamName}: ${calendarText(change.before.calendar)} → ${calendarText(change.after.calendar)}`;
}

function calendarText(calendar: Calendar | null): string {
  if (calendar === null) return 'around the clock';
  const days = calendar.week.map((shifts) => shifts.map(({ from, to }) => `${from}–${to}`).join(' and '));
  const runs: { first: number; last: number; text: string }[] = [];
  for (const [day, text] of days.entries()) {
    const run = runs.at(-1);
    if (run && run.text === text) run.last = day;
    else runs.push({ first: day, last: day, text });
  }
  const open = runs.filter(({ text }) => text !== '');
  const week = open.map(
    ({ first, last, text }) => `${DAYS[first]}${last > first ? `–${DAYS[last]}` : ''} ${text}`,
  );
  const holidays = calendar.holidays.map(({ date, name }) => (name === '' ? date : `${date} ${name}`));
  const closed = holidays.length === 0 ? [] : [`closed on ${holidays.join(', ')}`];
  return [...(week.length === 0 ? ['never open'] : week), calendar.timeZone, ...closed].join(', ');
}

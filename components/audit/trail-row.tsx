import type { LoggedActor } from '@/lib/domain/actor';
import {
  articleChangeText,
  callbacksChangeText,
  formChangeText,
  hoursChangeText,
  lookupChangeText,
  modelChangeText,
  policyChangeText,
  priorityChangeText,
  queueChangeText,
  rulesChangeText,
  thresholdsChangeText,
  toolsChangeText,
} from './setting-text';

const AT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

export function instantText(at: number): string {
  return AT.format(at);
}

export function actorText(actor: LoggedActor): string {
  switch (actor.kind) {
    case 'visitor':
      return 'Customer';
    case 'agent':
      return actor.name;
    case 'bot':
      return `${actor.name} (bot)`;
    case 'system':
      return actor.job;
  }
}

/** What an event says of itself, without what every event has. Ids are cut to what tells them apart. */
export function payloadText(kind: string, payload: Record<string, unknown>): string {
  // Row and log agree on the shape of a payload because only its verb writes it.
  if (kind === 'sla.policyChanged')
    return policyChangeText(payload as Parameters<typeof policyChangeText>[0]);
  if (kind === 'priority.policyChanged')
    return priorityChangeText(payload as Parameters<typeof priorityChangeText>[0]);
  if (kind === 'queue.changed') return queueChangeText(payload as Parameters<typeof queueChangeText>[0]);
  if (kind === 'form.changed') return formChangeText(payload as Parameters<typeof formChangeText>[0]);
  if (kind === 'hours.changed') return hoursChangeText(payload as Parameters<typeof hoursChangeText>[0]);
  if (kind === 'bot.thresholdsChanged')
    return thresholdsChangeText(payload as Parameters<typeof thresholdsChangeText>[0]);
  if (kind === 'rules.changed') return rulesChangeText(payload as Parameters<typeof rulesChangeText>[0]);
  if (kind === 'tools.changed') return toolsChangeText(payload as Parameters<typeof toolsChangeText>[0]);
  if (kind === 'lookup.changed') return lookupChangeText(payload as Parameters<typeof lookupChangeText>[0]);
  if (kind === 'model.changed') return modelChangeText(payload as Parameters<typeof modelChangeText>[0]);
  if (kind.startsWith('article.'))
    return articleChangeText(payload as Parameters<typeof articleChangeText>[0]);
  if (kind === 'callbacks.changed')
    return callbacksChangeText(payload as Parameters<typeof callbacksChangeText>[0]);
  return Object.entries(payload)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${shortened(value)}`)
    .join(' · ');
}

function shortened(value: unknown): string {
  if (typeof value === 'string')
    return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? value.slice(-8) : value.slice(0, 24);
  if (Array.isArray(value)) return `${value.length}`;
  if (value !== null && typeof value === 'object') return shortened(Object.values(value).at(-1));
  return String(value);
}

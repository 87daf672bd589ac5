import type { NewHandoff } from '@/db/commit';
import type { AskedTime } from '@/lib/domain/asked-time';
import { DEFAULT_TOOL_SWITCHES, isToolOn } from '@/lib/domain/bot-tools';
import type { EventOf, LoggedSignal, UnavailablePath } from '@/lib/domain/conversation';
import { type FormTemplate, isOfferedFor } from '@/lib/domain/form-template';
import type { Path, Reason } from '@/lib/domain/handoff';
import type { RuledPath } from '@/lib/domain/rules';
import { pathsWhen } from '@/lib/domain/team-availability';
import { makesCalls } from '../callback/propose';
import type { Context } from '../context';
import type { Outlook } from './availability';

export interface Offer {
  reason: Reason;
  confidence: number | null;
  by: 'customer' | 'bot';
  topic: string | null;
  /** Ids of articles that were close. */
  alternatives?: readonly string[];
  /** The form that the customer asked for. */
  templateId?: string;
  /** They asked to be called. */
  asked?: AskedTime;
  /** Null: the widget is gone, and nobody could say. */
  outlook: Outlook | null;
  /** The only path, where a rule says so and it can be served. */
  only?: RuledPath | null;
  /** The customer was approached, and took it up. */
  approach?: { rule: string; signals: LoggedSignal[] };
}

const MOST_FORMS = 2;

/** The one path that the rules leave. Whoever asks for a person is not argued with. */
export function onlyPath(reason: Reason, ruled: { path: RuledPath | null } | null): RuledPath | null {
  return reason === 'requested_by_customer' ? null : (ruled?.path ?? null);
}

/** The handoff in its first state: offered, with the paths that can be served. Nothing has happened yet. */
export function offerOf(
  ctx: Context,
  offer: Offer,
): { handoff: NewHandoff; event: EventOf<'handoff.offered'> } {
  const id = ctx.newId();
  const event = offeredEvent(ctx, id, offer);
  return {
    handoff: {
      id,
      state: 'offered',
      reason: offer.reason,
      confidence: offer.confidence,
      pathsOffered: event.payload.paths,
      path: null,
      priority: 3,
      score: 50,
      scoreParts: [],
      teamId: null,
      agentId: null,
      context: null,
      queuedAt: null,
      claimedAt: null,
    },
    event,
  };
}

/** What was offered, with the facts of that moment, so that it is shown as it was told. */
export function offeredEvent(
  ctx: Context,
  handoffId: string,
  {
    reason,
    confidence,
    by,
    topic,
    alternatives = [],
    outlook,
    templateId,
    asked,
    only = null,
    approach,
  }: Offer,
): EventOf<'handoff.offered'> {
  const tools = outlook?.tools ?? DEFAULT_TOOL_SWITCHES;
  const served = pathsWhen(outlook?.availability.kind ?? 'open', isToolOn(tools, 'transfer_to_human')).filter(
    (path) => path !== 'callback' || outlook?.callback,
  );
  const taken = approach ? { rules: [approach.rule], signals: approach.signals } : {};
  const close = alternatives.length > 0 ? { alternatives: [...alternatives] } : {};
  if (outlook === null) {
    return {
      kind: 'handoff.offered',
      payload: { handoffId, reason, confidence, paths: served, by, ...close, ...taken },
    };
  }
  const about = { teamId: outlook.teamId, reason, topic };
  const isAsked = ({ id }: FormTemplate) => id === templateId;
  const forms = (isToolOn(tools, 'send_secure_form') ? ctx.settings.forms() : [])
    .filter((template) => isAsked(template) || isOfferedFor(template, about))
    .sort((one, other) => Number(isAsked(other)) - Number(isAsked(one)))
    .slice(0, MOST_FORMS)
    .map(({ id }) => id);
  const all: Path[] = forms.length > 0 ? [...served, 'form'] : served;
  // A person can answer in writing at any hour.
  const paths = only !== null && (only === 'follow_up' || all.includes(only)) ? [only] : all;
  const offered = paths.includes('form') ? { ...close, forms } : close;
  const unavailable = only === null ? unavailablePaths(ctx, outlook) : [];
  const payload = {
    handoffId,
    reason,
    confidence,
    paths,
    by,
    ...offered,
    ...taken,
    ...(unavailable.length > 0 ? { unavailable } : {}),
  };
  const { teamId, availability, prospect } = outlook;
  const callback = paths.includes('callback') ? outlook.callback : null;
  const opensAt = availability.kind === 'closed' ? availability.opensAt : null;
  return {
    kind: 'handoff.offered',
    payload: {
      ...payload,
      ...(asked && callback ? { asked } : {}),
      team: { teamId, opensAt, ...prospect, ...(callback ? { callback } : {}) },
    },
  };
}

/** What the team does at other times, with the reason and when; what is switched off is not named. */
function unavailablePaths(
  ctx: Context,
  { teamId, tools, availability, callback }: Outlook,
): UnavailablePath[] {
  const paths: UnavailablePath[] = [];
  if (availability.kind === 'closed' && isToolOn(tools, 'transfer_to_human')) {
    paths.push({ path: 'live', why: 'closed', at: availability.opensAt });
  }
  if (callback === null && makesCalls(ctx, teamId) && isToolOn(tools, 'schedule_callback')) {
    paths.push({ path: 'callback', why: 'full', at: null });
  }
  return paths;
}

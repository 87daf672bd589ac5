import type { CustomerRow } from '@/db/queries/customers';
import { isOpen } from '@/lib/domain/business-hours';
import { engagement, type Visit } from '@/lib/domain/engagement';
import type { RuleFacts } from '@/lib/domain/rules';
import type { Signal } from '@/lib/domain/signal';
import { teamFor } from '@/lib/domain/team-for';
import type { Context } from '../context';

export interface RuledTurn {
  /** Empty where nothing was said. */
  text: string;
  page: string | null;
  visit: Visit | null;
  /** Messages of the customer so far, this one included. */
  said: number;
  at: number;
  topic: string | null;
  widgetId: string;
  confidence: number | null;
  signals: readonly Pick<Signal, 'name' | 'value' | 'fired'>[];
  customer: Pick<CustomerRow, 'tier' | 'locale' | 'lifetimeValue' | 'churnRisk' | 'attributes'> | null;
}

/** What the rules go by at a turn: the words, what was measured of them, the hours of the team it would be, who asks. */
export function ruleFacts(ctx: Context, turn: RuledTurn): RuleFacts {
  const value = (name: Signal['name']) => turn.signals.find((signal) => signal.name === name)?.value ?? 0;
  const widget = ctx.directory.widget(turn.widgetId);
  const teamId = widget ? teamFor(turn.topic, ctx.directory.teams(), widget.teamId) : null;
  return {
    text: turn.text,
    page: turn.page,
    engagement: engagement(turn.visit, turn.said),
    pages: turn.visit?.pages ?? 0,
    seconds: Math.floor((turn.visit?.ms ?? 0) / 1000),
    intents: new Set(turn.signals.filter(({ fired }) => fired).map(({ name }) => name)),
    open: teamId === null || isOpen(ctx.settings.hours(teamId).calendar, turn.at),
    frustration: value('frustration'),
    polarity: value('polarity'),
    confidence: turn.confidence,
    language: turn.customer?.locale ?? widget?.locale ?? null,
    tier: turn.customer?.tier ?? null,
    lifetimeValue: turn.customer?.lifetimeValue ?? null,
    churnRisk: turn.customer?.churnRisk ?? null,
    attributes: turn.customer?.attributes ?? {},
  };
}

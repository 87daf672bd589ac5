import { readFirstStepFacts } from '@/db/queries/first-steps';
import type { AgentActor } from '@/lib/domain/actor';
import { type FirstSteps, isStepDone, stepsFor } from '@/lib/domain/first-steps';
import { authorise } from '../authorise';
import type { Context } from '../context';

/** The way from an empty desk to a working one, ticked by what has happened, never by a click. */
export async function readFirstSteps(ctx: Context, actor: AgentActor): Promise<FirstSteps> {
  authorise(actor, 'firstSteps.read');
  const { dismissed, ...facts } = await readFirstStepFacts(ctx.db, actor.id);
  const widget = ctx.directory.widgets()[0];
  return {
    dismissed,
    steps: stepsFor(widget !== undefined).map((step) => ({ step, done: isStepDone(step, facts) })),
    widget: widget
      ? { snippet: snippetOf(ctx.baseUrl, widget.key), sites: widget.allowedOrigins, seenOn: facts.seenOn }
      : null,
  };
}

function snippetOf(baseUrl: string, key: string): string {
  return `<script async src="${new URL('/built/baton.js', baseUrl).href}" data-widget="${key}"></script>`;
}

import type { VisitorActor } from '@/lib/domain/actor';
import type { RuleAction } from '@/lib/domain/rules';
import { answerTurn } from '../bot/answer';
import type { Context } from '../context';
import { sendAsVisitor } from '../message/send-as-visitor';
import type { TestWorld } from '../testing';
import { changeRules } from './change-rules';

/** A rule of the desk does this at the visitor's next words. */
export async function obeyRule(
  world: TestWorld,
  ctx: Context,
  { visitor, conversationId }: { visitor: VisitorActor; conversationId: string },
  act: RuleAction[],
): Promise<void> {
  const admin = await world.agent('Ruler', 'admin', []);
  const { version } = ctx.settings.rules();
  const rule = {
    id: 'told',
    name: 'Told',
    enabled: true,
    when: [{ if: 'text' as const, has: ['quagga'] }],
    act,
  };
  await changeRules(ctx, admin, { version, rules: [rule] });
  await sendAsVisitor(ctx, visitor, { clientId: world.nextClientId(), body: 'A quagga' });
  await answerTurn(ctx, conversationId);
}

import { mailWrite } from '@/db/queries/outbox';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { mailAddress } from '@/lib/domain/mail';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { writeLetter } from './letter';
import { wakeOutbox } from './outbox-timer';
import { mailTexts } from './texts';

const NO_BRAND = '#4b45d6';

/** A mail to oneself, by the way that all others go. Without a way out it waits as they do. */
export async function sendTestMail(ctx: Context, actor: AgentActor): Promise<{ mailId: string }> {
  authorise(actor, 'mail.manage');
  const recipient = mailAddress(ctx.directory.agent(actor.id)?.email ?? '');
  if (recipient === null)
    throw new AppError('invalid', 'Your own account has no address that can be mailed.');
  const [widget] = ctx.directory.widgets();
  const locale = widget?.locale ?? 'en';
  const shopName = widget?.shopName ?? 'Baton';
  const say = mailTexts(locale);
  const letter = writeLetter({
    locale,
    shopName,
    brand: widget?.theme.brand ?? NO_BRAND,
    subject: say('testSubject', { shop: shopName }),
    title: say('testTitle'),
    body: say('testBody'),
    button: { label: say('testButton'), url: `${ctx.baseUrl}/settings/mail` },
    fine: [],
  });
  const mailId = ctx.newId();
  const at = ctx.now();
  await commitSetting(
    ctx.db,
    ctx.keys.audit,
    mailWrite({ id: mailId, kind: 'test', recipient, ...letter }, at),
    { kind: 'mail.tested', actor: loggedActor(actor), payload: { mailId }, at },
  );
  await wakeOutbox(ctx);
  return { mailId };
}

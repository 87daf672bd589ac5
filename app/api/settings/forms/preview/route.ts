import { formPage } from '@/app/forms/[token]/page-of';
import { signedInAgent } from '@/lib/auth/current-agent';
import { answer } from '@/lib/auth/route-answer';
import { FORM_LINK_MINUTES, PREFILLS, type Prefill, prefillOf } from '@/lib/domain/form-template';
import { checkForm } from '@/lib/services/form/change';
import { context } from '@/lib/services/runtime';

/** Somebody who told the bot all that it takes over. */
const SAID: Readonly<Record<Prefill, string>> = {
  ...PREFILLS,
  name: 'Jonas Berg',
  email: 'jonas.berg@post.example',
  phone: '+47 22 12 34 56',
  order: '1042',
  item: 'Ridgeline 2',
  amount: '640',
};

/** The hosted page of a form that is being written, as a customer would see it. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async (input) => {
    const form = checkForm(await signedInAgent(), input as Parameters<typeof checkForm>[1]);
    const ctx = context();
    const now = ctx.now();
    const page = formPage(
      {
        kind: 'open',
        shop: ctx.directory.widgets()[0] ?? null,
        backTo: null,
        form,
        prefilled: prefillOf(form.fields, SAID, now),
        written: null,
        faults: {},
        expiresAt: now + FORM_LINK_MINUTES * 60_000,
        now,
        teamName: (form.teamId && ctx.directory.team(form.teamId)?.name) || null,
      },
      'preview',
    );
    return { html: page };
  });
}

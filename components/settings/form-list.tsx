import { Plus } from 'lucide-react';
import Link from 'next/link';
import { REASON_WORDS } from '@/components/ui/words';
import { type FormTemplate, isSealed } from '@/lib/domain/form-template';

interface Props {
  forms: readonly FormTemplate[];
  teams: readonly { id: string; name: string }[];
  mayChange: boolean;
}

/** What customers may be asked for in writing, by whom it is read and when it is offered. */
export function FormList({ forms, teams, mayChange }: Props) {
  const nameOf = (teamId: string | null) =>
    teams.find(({ id }) => id === teamId)?.name ?? 'the team it belongs to';
  return (
    <div className="scroll" tabIndex={-1}>
      <div className="set-body">
        <header className="report-head form-head">
          <div className="grow">
            <h1 className="title">Forms</h1>
            <p className="sub">
              The bot offers them where they fit, agents send them. What comes back is always read by a
              person.
            </p>
          </div>
          {mayChange && (
            <Link className="btn btn-32 btn-primary" href="/settings/forms/new">
              <Plus className="i" aria-hidden="true" />
              New form
            </Link>
          )}
        </header>
        <ul className="know-rows">
          {forms.map((form) => (
            <li key={form.id}>
              <Link href={`/settings/forms/${form.id}`}>
                <b dir="auto">{form.name}</b>
                {!form.active && <span className="tag">Out of use</span>}
                <span className="t3 know-facts">
                  {factsOf(form)} · read by {nameOf(form.teamId)} · {offerText(form.offer)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {forms.length === 0 && (
          <p className="sub">No form yet. Customers are talked to, and write in the chat.</p>
        )}
      </div>
    </div>
  );
}

function factsOf({ fields }: FormTemplate): string {
  const sealed = fields.filter(isSealed).length;
  const count = fields.length === 1 ? '1 field' : `${fields.length} fields`;
  return sealed === 0 ? count : `${count}, ${sealed} kept sealed`;
}

function offerText(offer: FormTemplate['offer']): string {
  if (offer === null) return 'sent by agents only';
  const when = [...offer.topics, ...offer.reasons.map((reason) => REASON_WORDS[reason].toLowerCase())];
  return when.length === 0 ? 'offered always' : `offered for ${when.join(', ')}`;
}

import { REASON_WORDS } from '@/components/ui/words';
import type { FormTerms } from '@/lib/domain/form-template';
import { REASONS, type Reason } from '@/lib/domain/handoff';
import { Labelled } from './labelled';

interface Props {
  teamId: string | null;
  offer: FormTerms['offer'];
  teams: readonly { id: string; name: string }[];
  faults: Readonly<Record<string, string>>;
  mayChange: boolean;
  onChange: (part: { teamId?: string | null; offer?: FormTerms['offer'] }) => void;
}

/** By whom it is read, and to whom the bot offers it. */
export function FormOffer({ teamId, offer, teams, faults, mayChange, onChange }: Props) {
  return (
    <>
      <section className="set-sec know-form" aria-labelledby="reader">
        <header>
          <h2 id="reader">Who reads it</h2>
        </header>
        <Labelled
          name="Team"
          hint="Whoever sends it while they are with nobody is put in line here, and the bot goes on helping."
          fault={faults.teamId}
        >
          <select
            className="input"
            value={teamId ?? ''}
            disabled={!mayChange}
            onChange={(event) => onChange({ teamId: event.target.value || null })}
          >
            <option value="">The team that the conversation belongs to</option>
            {teams.map((team) => (
              <option key={team.id} value={team.id}>
                {team.name}
              </option>
            ))}
          </select>
        </Labelled>
      </section>
      <section className="set-sec know-form" aria-labelledby="offered">
        <header>
          <h2 id="offered">When it is offered</h2>
          <span className="sub">Agents can send it always</span>
        </header>
        <label className="check-label">
          <input
            type="checkbox"
            checked={offer !== null}
            disabled={!mayChange}
            onChange={(event) =>
              onChange({ offer: event.target.checked ? { topics: [], reasons: [], phrases: [] } : null })
            }
          />
          The bot offers it beside a person{teamId === null ? '' : ' of this team'}
        </label>
        {offer !== null && (
          <>
            <Labelled
              name="Topics"
              hint="Categories of the knowledge base, one on each line. None: every topic."
              fault={faults['offer.topics']}
            >
              <textarea
                className="input area"
                dir="auto"
                rows={Math.max(2, offer.topics.length + 1)}
                value={offer.topics.join('\n')}
                readOnly={!mayChange}
                onChange={(event) =>
                  onChange({ offer: { ...offer, topics: event.target.value.split('\n') } })
                }
              />
            </Labelled>
            <Labelled
              name="Phrases"
              hint="Also offered, whatever the topic, to whoever writes one of these. One on each line."
              fault={faults['offer.phrases']}
            >
              <textarea
                className="input area"
                dir="auto"
                rows={Math.max(2, offer.phrases.length + 1)}
                value={offer.phrases.join('\n')}
                readOnly={!mayChange}
                onChange={(event) =>
                  onChange({ offer: { ...offer, phrases: event.target.value.split('\n') } })
                }
              />
            </Labelled>
            <fieldset className="form-reasons" disabled={!mayChange}>
              <legend>Reasons, none: every reason</legend>
              {OFFERED_REASONS.map((reason) => (
                <label key={reason} className="check-label">
                  <input
                    type="checkbox"
                    checked={offer.reasons.includes(reason)}
                    onChange={(event) =>
                      onChange({
                        offer: { ...offer, reasons: toggled(offer.reasons, reason, event.target.checked) },
                      })
                    }
                  />
                  {REASON_WORDS[reason]}
                </label>
              ))}
            </fieldset>
          </>
        )}
      </section>
    </>
  );
}

/** An agent who takes over offers nothing. */
const OFFERED_REASONS = REASONS.filter((reason) => reason !== 'agent_takeover');

function toggled(reasons: readonly Reason[], reason: Reason, on: boolean): Reason[] {
  return REASONS.filter((each) => (each === reason ? on : reasons.includes(each)));
}

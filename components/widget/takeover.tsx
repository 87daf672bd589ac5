import type { VisitorHandoff } from '@/lib/protocol';
import { firstName } from './format';
import { Pass } from './pass';
import { useVisitor, useWidget } from './use-widget';

/** The agent, introduced by name; the AI steps back. */
export function Takeover({ handoff }: { handoff: VisitorHandoff }) {
  const { say, botName } = useWidget();
  const visitorName = useVisitor((state) => state.session?.name ?? null);
  const name = handoff.agentName ?? say('someone');
  const agent = firstName(name);
  const team = handoff.teamName;
  const values = { agent, team: team ?? '', name: firstName(visitorName ?? '') };
  const title = () => {
    if (visitorName === null) return say(team === null ? 'meet' : 'meetFrom', values);
    return say(team === null ? 'meetName' : 'meetNameFrom', values);
  };
  return (
    <section className="take">
      <Pass label={say('passed', { bot: botName, name })} ahead={0} agent={name} />
      <h2>{title()}</h2>
      <p className="sub">{say('hasRead', { agent, bot: botName })}</p>
    </section>
  );
}

'use client';

import { useEffect, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Dialog } from '@/components/ui/dialog';
import { PresenceDot } from '@/components/ui/presence-dot';
import { loadText, STATUS_WORDS } from '@/components/ui/words';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import { MAX_MESSAGE_LENGTH } from '@/lib/domain/conversation';
import type { Refusal } from '@/lib/domain/errors';
import { scopeOf } from '@/lib/domain/permissions';
import type { AgentView, ColleaguePresence } from '@/lib/protocol';
import type { TransferTarget, TransferTerms } from './use-conversation-actions';

interface Props {
  /** By whoever supervises, to somebody of theirs; else by the owner, to anybody. */
  reassigns: boolean;
  /** Who has it now. */
  agentId: string | null;
  onClose: () => void;
  onTransfer: (to: TransferTarget, terms: TransferTerms) => Promise<Refusal | null>;
}

/** To a team's queue or to a colleague who can take it, with a note that only the desk sees. */
export function TransferDialog({ reassigns, agentId, onClose, onTransfer }: Props) {
  const desk = useDesk((state) => state.desk);
  const colleagues = useColleagues();
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [misrouted, setMisrouted] = useState(false);
  const [find, setFind] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (!desk) return null;
  const mayOverride = scopeOf(desk.me.role, 'handoff.overCapacity') !== null;
  const fits = (name: string) => name.toLowerCase().includes(find.trim().toLowerCase());
  const isTheirs = (teamIds: readonly string[]) =>
    !reassigns || desk.me.role === 'admin' || teamIds.some((teamId) => desk.me.teamIds.includes(teamId));
  const teams = desk.teams.filter((team) => fits(team.name) && isTheirs([team.id]));
  const agents = desk.agents.filter(
    ({ id, name, teamIds }) => id !== desk.me.id && id !== agentId && fits(name) && isTheirs(teamIds),
  );
  const verb = reassigns ? 'Reassign' : 'Transfer';
  const asks = !reassigns && chosen?.startsWith('agent:') === true;
  const choose = (value: string) => {
    setChosen(value);
    setRefusal(null);
  };
  const transfer = async (override: boolean) => {
    const [kind, id] = (chosen ?? '').split(':');
    if (!id || (kind !== 'agent' && kind !== 'team')) return;
    setBusy(true);
    const refused = await onTransfer({ kind, id }, { note, override, misrouted });
    if (refused === null) return onClose();
    setBusy(false);
    setRefusal(refused);
  };
  return (
    <Dialog title={verb} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void transfer(false);
        }}
      >
        <input
          className="input"
          type="search"
          placeholder="Find a team or a colleague"
          aria-label="Find a team or a colleague"
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
        <div className="choice-list">
          <fieldset>
            <legend>Teams</legend>
            {teams.map((team) => (
              <label key={team.id} className="choice">
                <input
                  type="radio"
                  name="to"
                  value={`team:${team.id}`}
                  onChange={(event) => choose(event.target.value)}
                />
                <span className="grow">{team.name}</span>
                <span className="t3">into the queue</span>
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend>Colleagues</legend>
            {agents.map((agent) => (
              <Colleague
                key={agent.id}
                agent={agent}
                presence={colleagues[agent.id] ?? null}
                mayOverride={mayOverride}
                onChoose={choose}
              />
            ))}
          </fieldset>
          {teams.length + agents.length === 0 && <p className="t3">Nobody by that name.</p>}
        </div>
        <label className="stack-label">
          Note for them
          <textarea
            className="input area"
            rows={3}
            maxLength={MAX_MESSAGE_LENGTH}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            placeholder="What is settled, what is open"
          />
        </label>
        {!reassigns && (
          <label className="check-label">
            <input
              type="checkbox"
              checked={misrouted}
              onChange={(event) => setMisrouted(event.target.checked)}
            />
            It should never have come to me: count it as a misroute
          </label>
        )}
        <div className="dialog-refusal" role="alert">
          {refusal && (
            <>
              <span className="grow">{refusal.message}</span>
              {refusal.code === 'limit' && mayOverride && (
                <button
                  type="button"
                  className="btn btn-32"
                  disabled={busy}
                  onClick={() => void transfer(true)}
                >
                  {asks ? 'Ask' : verb} over capacity
                </button>
              )}
            </>
          )}
        </div>
        <div className="dialog-foot">
          <span className="grow t3">
            {asks
              ? 'They are asked first. It stays with you until they accept.'
              : 'The customer is told, and need not repeat anything.'}
          </span>
          <button type="button" className="btn btn-32" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn btn-primary btn-32" disabled={chosen === null || busy}>
            {asks ? 'Ask' : verb}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Greyed, with the reason, when they cannot take more; who may set that aside can choose them, and is asked once more. */
function Colleague({
  agent,
  presence,
  mayOverride,
  onChoose,
}: {
  agent: AgentView;
  presence: ColleaguePresence | null;
  mayOverride: boolean;
  onChoose: (value: string) => void;
}) {
  const offline = presence?.status === 'offline';
  const full = presence !== null && presence.load >= presence.capacity;
  return (
    <label className={offline || full ? 'choice choice-no' : 'choice'}>
      <input
        type="radio"
        name="to"
        value={`agent:${agent.id}`}
        disabled={offline || (full && !mayOverride)}
        onChange={(event) => onChoose(event.target.value)}
      />
      <Avatar name={agent.name} size={20} />
      <span className="grow clip">{agent.name}</span>
      {presence && (
        <span className="choice-state">
          <PresenceDot status={presence.status} />
          {presence.status === 'available' ? (
            <span className="sr">Available</span>
          ) : (
            STATUS_WORDS[presence.status]
          )}
          {!offline && <span className="num">{loadText(presence)}</span>}
        </span>
      )}
    </label>
  );
}

/** How it stands with everyone as of the opening. Not known is not shown. */
function useColleagues(): Readonly<Record<string, ColleaguePresence>> {
  const client = useDeskClient();
  const [colleagues, setColleagues] = useState<Record<string, ColleaguePresence>>({});
  useEffect(() => {
    let gone = false;
    void client.request('agent:colleagues', {}).then((answer) => {
      if (answer.ok && !gone)
        setColleagues(Object.fromEntries(answer.data.agents.map((each) => [each.id, each])));
    });
    return () => {
      gone = true;
    };
  }, [client]);
  return colleagues;
}

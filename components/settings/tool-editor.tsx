'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { BOT_TOOLS, type BotTool, isToolOn, type ToolSwitches } from '@/lib/domain/bot-tools';
import { type Answer, readSetting } from './call';
import { SettingsFoot } from './settings-foot';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/tools';

interface Bot {
  widgetId: string;
  botName: string;
  shopName: string;
  tools: ToolSwitches;
}

interface NamedLookup {
  id: string;
  name: string;
  active: boolean;
}

const TOOLS: Readonly<Record<BotTool, { name: string; on: string; off: string }>> = {
  transfer_to_human: {
    name: 'Transfer to a person',
    on: 'Whoever asks for a person, or needs one, is offered to chat with one.',
    off: 'Nobody is offered to chat with a person. They leave their address, and a person answers in writing.',
  },
  send_secure_form: {
    name: 'Send a form',
    on: 'A form is offered where it fits, or where it is asked for.',
    off: 'The bot offers no form. Agents can send them.',
  },
  propose_callback_slots: {
    name: 'Propose times for a call',
    on: 'Whoever asks to be called chooses one of three times, from the one they named on.',
    off: 'Nobody chooses a time: the bot promises a call within the team’s time.',
  },
  schedule_callback: {
    name: 'Book a call',
    on: 'The customer confirms a time, or that we call as soon as we can.',
    off: 'The bot offers no calls. Agents can agree them.',
  },
};

/** What each bot may do beside answering. */
export function ToolEditor({
  bots,
  lookups,
  mayChange,
}: {
  bots: readonly Bot[];
  lookups: readonly NamedLookup[];
  mayChange: boolean;
}) {
  const [shown, setShown] = useState(bots[0]?.widgetId ?? null);
  const picker = bots.length > 1 && (
    <select
      className="input"
      aria-label="Bot"
      value={shown ?? ''}
      onChange={(event) => setShown(event.target.value)}
    >
      {bots.map(({ widgetId, botName, shopName }) => (
        <option key={widgetId} value={widgetId}>
          {botName}, {shopName}
        </option>
      ))}
    </select>
  );
  return bots.map((bot) => (
    <div key={bot.widgetId} className="pane set-team" hidden={bot.widgetId !== shown}>
      <ToolsOfBot bot={bot} lookups={lookups} mayChange={mayChange}>
        {bot.widgetId === shown && picker}
      </ToolsOfBot>
    </div>
  ));
}

function ToolsOfBot({
  bot,
  lookups,
  mayChange,
  children,
}: {
  bot: Bot;
  lookups: readonly NamedLookup[];
  mayChange: boolean;
  children: ReactNode;
}) {
  const { widgetId, botName } = bot;
  const setting = useSetting(bot.tools, ENDPOINT, () => readOwn(widgetId));
  const { saved, refusal, note, busy } = setting;
  const [off, setOff] = useState(saved.off);
  const all = [...BOT_TOOLS, ...lookups.map(({ id }) => `lookup:${id}`)];
  const changes = all.filter((tool) => isToolOn({ off }, tool) !== isToolOn(saved, tool)).length;

  function turn(tool: string, on: boolean) {
    setting.forgetRefusal();
    setOff((held) => [...held.filter((each) => each !== tool), ...(on ? [] : [tool])]);
  }
  async function save() {
    const after = await setting.save({ widgetId, off });
    if (after) setOff(after.off);
  }

  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <header className="report-head">
            <h1 className="title grow">Tools</h1>
            {children}
          </header>
          <section className="set-sec" aria-labelledby={`tools-${widgetId}`}>
            <header>
              <h2 id={`tools-${widgetId}`}>What {botName} may do</h2>
              <span className="sub">The customer always chooses</span>
            </header>
            <ul className="tool-list">
              {BOT_TOOLS.map((tool) => {
                const { name, ...means } = TOOLS[tool];
                const on = isToolOn({ off }, tool);
                return (
                  <li key={tool} className={on === isToolOn(saved, tool) ? undefined : 'changed'}>
                    <label className="switch-line">
                      <input
                        type="checkbox"
                        checked={on}
                        disabled={!mayChange}
                        aria-describedby={`${tool}-${widgetId}`}
                        onChange={(event) => turn(tool, event.target.checked)}
                      />
                      <span className="grow">{name}</span>
                      <code className="t3">{tool}</code>
                    </label>
                    <p className="sub" id={`${tool}-${widgetId}`}>
                      {on ? means.on : means.off}
                    </p>
                  </li>
                );
              })}
            </ul>
          </section>
          <section className="set-sec" aria-labelledby={`lookups-${widgetId}`}>
            <header>
              <h2 id={`lookups-${widgetId}`}>Look-ups</h2>
              <span className="sub grow">What {botName} may ask your other systems</span>
              {mayChange && (
                <Link className="btn btn-32" href="/settings/tools/new">
                  <Plus className="i i-14" aria-hidden="true" />
                  New look-up
                </Link>
              )}
            </header>
            {lookups.length === 0 ? (
              <p className="sub">None yet. The bot answers from the knowledge base alone.</p>
            ) : (
              <ul className="tool-list">
                {lookups.map(({ id, name, active }) => {
                  const tool = `lookup:${id}`;
                  const on = isToolOn({ off }, tool);
                  return (
                    <li key={id} className={on === isToolOn(saved, tool) ? undefined : 'changed'}>
                      <div className="tool-line">
                        <label className="switch-line">
                          <input
                            type="checkbox"
                            checked={on}
                            disabled={!mayChange}
                            onChange={(event) => turn(tool, event.target.checked)}
                          />
                          <span dir="auto">{name}</span>
                        </label>
                        {!active && <span className="tag">Out of use</span>}
                        <Link className="btn btn-ghost" href={`/settings/tools/${id}`}>
                          {mayChange ? 'Edit' : 'Look'}
                          <span className="sr"> {name}</span>
                        </Link>
                      </div>
                    </li>
                  );
                })}
              </ul>
            )}
          </section>
          {!mayChange && <p className="sub">Admins change these.</p>}
        </div>
      </div>
      {mayChange && (
        <SettingsFoot
          changes={changes}
          refusal={refusal}
          note={note}
          saveLabel="Save"
          busy={busy}
          onUndo={() => {
            setting.forgetRefusal();
            setOff(saved.off);
          }}
          onSave={() => void save()}
        >
          {changes > 0 && 'Offers that stand already stay as they were told.'}
        </SettingsFoot>
      )}
    </>
  );
}

async function readOwn(widgetId: string): Promise<Answer<ToolSwitches>> {
  const all = await readSetting<Bot[]>(ENDPOINT);
  if (all.error) return all;
  const own = all.data.find((each) => each.widgetId === widgetId);
  return own
    ? { data: own.tools }
    : { error: { code: 'not_found', message: 'This bot is there no more. Load the page again.' } };
}

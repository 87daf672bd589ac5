'use client';

import { useState } from 'react';
import type { ModelSettings } from '@/lib/domain/model-settings';
import { readSetting } from './call';
import { Labelled } from './labelled';
import { SettingsFoot } from './settings-foot';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/model';

interface Draft {
  active: boolean;
  url: string;
  model: string;
  seconds: string;
  guardrail: string;
  key: string;
  keepsKey: boolean;
}

/** Which model words what the bot says, and what it is told before all else. */
export function ModelEditor({ model, mayChange }: { model: ModelSettings; mayChange: boolean }) {
  const setting = useSetting(model, ENDPOINT, () => readSetting<ModelSettings>(ENDPOINT));
  const { saved, refusal, note, busy } = setting;
  const [draft, setDraft] = useState(() => draftOf(saved));
  const before = draftOf(saved);
  const names = Object.keys(before) as (keyof Draft)[];
  const changes = names.filter((name) => draft[name] !== before[name]).length;
  const faults: Readonly<Record<string, string>> = refusal?.fields ?? {};

  function change(part: Partial<Draft>) {
    setting.forgetRefusal();
    setDraft((held) => ({ ...held, ...part }));
  }
  async function save() {
    const { seconds, key, keepsKey, ...terms } = draft;
    const timeoutMs = Math.round(Number(seconds.replace(',', '.')) * 1000);
    const after = await setting.save({ ...terms, timeoutMs, key: key === '' ? null : key, keepsKey });
    if (after) setDraft(draftOf(after));
  }

  return (
    <div className="pane set-team model-edit">
      <div className="scroll" tabIndex={-1}>
        <div className="set-body">
          <header className="know-head">
            <div className="grow">
              <h1 className="title">Model</h1>
              <p className="sub">
                It words answers that the built-in bot has found. When a person is offered, to whom and how
                urgently stays with the built-in bot.
              </p>
            </div>
            <label className="check-label">
              <input
                type="checkbox"
                checked={draft.active}
                disabled={!mayChange}
                onChange={(event) => change({ active: event.target.checked })}
              />
              In use
            </label>
          </header>
          <section className="set-sec know-form" aria-labelledby="endpoint">
            <header>
              <h2 id="endpoint">Endpoint</h2>
              <span className="sub">Anything that speaks as OpenAI does</span>
            </header>
            <Labelled name="Address" fault={faults.url}>
              <input
                className="input"
                value={draft.url}
                maxLength={500}
                readOnly={!mayChange}
                placeholder="https://models.example/v1"
                onChange={(event) => change({ url: event.target.value })}
              />
            </Labelled>
            <Labelled name="Model" fault={faults.model}>
              <input
                className="input"
                value={draft.model}
                maxLength={120}
                readOnly={!mayChange}
                onChange={(event) => change({ model: event.target.value })}
              />
            </Labelled>
            <Labelled name="Key" hint="Kept sealed, never shown again." fault={faults.key}>
              <input
                className="input"
                type="password"
                value={draft.key}
                readOnly={!mayChange}
                autoComplete="new-password"
                placeholder={saved.secretId === null ? 'None' : 'Kept sealed. Write to replace it.'}
                onChange={(event) => change({ key: event.target.value })}
              />
            </Labelled>
            {saved.secretId !== null && (
              <label className="check-label">
                <input
                  type="checkbox"
                  checked={!draft.keepsKey}
                  disabled={!mayChange}
                  onChange={(event) => change({ keepsKey: !event.target.checked })}
                />
                Destroy the key that is kept
              </label>
            )}
            <Labelled
              name="Seconds"
              hint="The longest silence. After it the built-in bot answers. At most 9."
              fault={faults.timeoutMs}
            >
              <input
                className="input"
                inputMode="decimal"
                value={draft.seconds}
                readOnly={!mayChange}
                onChange={(event) => change({ seconds: event.target.value })}
              />
            </Labelled>
          </section>
          <section className="set-sec know-form" aria-labelledby="guardrail">
            <header>
              <h2 id="guardrail">Guardrail</h2>
              <span className="sub">What the model is told before all else</span>
            </header>
            <Labelled name="Text" fault={faults.guardrail}>
              <textarea
                className="input area"
                dir="auto"
                rows={7}
                value={draft.guardrail}
                maxLength={4000}
                readOnly={!mayChange}
                onChange={(event) => change({ guardrail: event.target.value })}
              />
            </Labelled>
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
            setDraft(before);
          }}
          onSave={() => void save()}
        />
      )}
    </div>
  );
}

function draftOf({ active, url, model, timeoutMs, guardrail }: ModelSettings): Draft {
  return { active, url, model, seconds: `${timeoutMs / 1000}`, guardrail, key: '', keepsKey: true };
}

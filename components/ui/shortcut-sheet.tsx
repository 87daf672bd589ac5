'use client';

import { useState } from 'react';
import { singleKeysAreOn, switchSingleKeys } from '@/lib/client/hooks/use-shortcuts';
import { Dialog } from './dialog';
import { Key } from './key';

const GROUPS: readonly { name: string; keys: readonly [string, string][] }[] = [
  {
    name: 'Queue',
    keys: [
      ['J  K', 'Next, previous'],
      ['C', 'Claim this one, or the next'],
      ['G P', 'Pending'],
      ['G M', 'Mine'],
      ['G Q', 'My team'],
      ['G A', 'At risk'],
      ['G X', 'Breached'],
      ['G L', 'Bot live'],
      ['G D', 'Resolved'],
      ['⌥A  ⌥D', 'Accept, decline what rings'],
      ['G S', 'Your status'],
    ],
  },
  {
    name: 'Conversation',
    keys: [
      ['R', 'Reply'],
      ['N', 'Internal note'],
      ['⌘↵', 'Send'],
      ['T', 'Transfer, or reassign'],
      ['F', 'Send a form'],
      ['E', 'Resolve'],
      ['B', 'Back to the bot'],
      ['⇧C', 'Release to the queue'],
      ['O', 'Take over from the bot, or from an agent'],
      ['⇧O', 'Join beside the agent, leave again'],
      ['P 1–4', 'Priority'],
      ['⌥1', 'Use the drafted greeting'],
      [']', 'Show or hide the context'],
      ['Esc', 'Out of the editor, back to the list'],
    ],
  },
];

/** Every key, and the switch for those who must not have single ones. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useState(singleKeysAreOn);
  return (
    <Dialog title="Keys" onClose={onClose} width={560}>
      <div className="keys-grid">
        {GROUPS.map((group) => (
          <section key={group.name}>
            <h3>{group.name}</h3>
            <dl>
              {group.keys.map(([key, what]) => (
                <div key={key}>
                  <dt>{what}</dt>
                  <dd>
                    <Key>{key}</Key>
                    <span className="sr">{key}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="switch-line">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchSingleKeys(event.target.checked);
            setOn(event.target.checked);
          }}
        />
        Single-key shortcuts
      </label>
    </Dialog>
  );
}

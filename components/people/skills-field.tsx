'use client';

import { useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import type { SkillLevel } from '@/lib/domain/routable-agent';
import { languagesOf, skillsOf, skillText } from '@/lib/domain/skill-text';

interface Known {
  skills: Record<string, SkillLevel>;
  languages: string[];
}

/** What somebody knows, as text; saved when one leaves a field or presses Enter, and said when it was. */
export function SkillsField({ userId, name, saved }: { userId: string; name: string; saved: Known }) {
  const [kept, setKept] = useState(saved);
  const [skills, setSkills] = useState(skillText(saved.skills));
  const [languages, setLanguages] = useState(saved.languages.join(', '));
  const [said, setSaid] = useState<{ fault: boolean; text: string } | null>(null);

  async function save() {
    const read = skillsOf(skills);
    if (typeof read.fault === 'string') return setSaid({ fault: true, text: `Not saved: ${read.fault}` });
    const wanted = { skills: read, languages: languagesOf(languages) };
    const isSame =
      skillText(wanted.skills as Known['skills']) === skillText(kept.skills) &&
      wanted.languages.join() === kept.languages.join();
    if (isSame) return setSaid(null);
    const answer = await fetch('/api/skills', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId, ...wanted }),
    })
      .then((response): Promise<{ data?: Known; error?: Refusal }> => response.json())
      .catch(() => ({ data: undefined, error: undefined }));
    if (answer.data) {
      setKept(answer.data);
      setSkills(skillText(answer.data.skills));
      setLanguages(answer.data.languages.join(', '));
      return setSaid({ fault: false, text: 'Saved' });
    }
    const why = Object.values(answer.error?.fields ?? {})[0] ?? answer.error?.message;
    setSaid({ fault: true, text: `Not saved: ${why ?? 'it did not go through.'}` });
  }
  const onEnter = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') void save();
  };

  return (
    <span className="skills-field">
      <input
        className="input"
        aria-label={`Skills, ${name}`}
        placeholder="Returns 2, Repairs 3"
        value={skills}
        onChange={(event) => setSkills(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={onEnter}
      />
      <input
        className="input"
        aria-label={`Languages, ${name}`}
        placeholder="en, de"
        value={languages}
        onChange={(event) => setLanguages(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={onEnter}
      />
      <span role="status" className={said?.fault ? 'form-fault' : 't3'}>
        {said?.text}
      </span>
    </span>
  );
}

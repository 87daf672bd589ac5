'use client';

import { useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import { MAX_CAPACITY } from '@/lib/domain/presence';

/** How many conversations at a time; saved when one leaves the field or presses Enter, and said when it was. */
export function CapacityField({ userId, name, saved }: { userId: string; name: string; saved: number }) {
  const [kept, setKept] = useState(saved);
  const [said, setSaid] = useState<{ fault: boolean; text: string } | null>(null);

  async function save(field: HTMLInputElement) {
    const capacity = field.valueAsNumber;
    if (capacity === kept) return setSaid(null);
    const answer = await fetch('/api/capacity', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId, capacity: Number.isNaN(capacity) ? null : capacity }),
    })
      .then((response): Promise<{ data?: { capacity: number }; error?: Refusal }> => response.json())
      .catch(() => ({ data: undefined, error: undefined }));
    if (answer.data) {
      setKept(answer.data.capacity);
      setSaid({ fault: false, text: 'Saved' });
    } else {
      field.value = String(kept);
      const why = answer.error?.fields?.capacity ?? answer.error?.message ?? 'It did not go through.';
      setSaid({ fault: true, text: `Not saved: ${why}` });
    }
  }

  return (
    <span className="capacity">
      <input
        className="input"
        type="number"
        min={1}
        max={MAX_CAPACITY}
        required
        aria-label={`Conversations at a time, ${name}`}
        defaultValue={saved}
        onBlur={(event) => void save(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save(event.currentTarget);
        }}
      />
      <span role="status" className={said?.fault ? 'form-fault' : 't3'}>
        {said?.text}
      </span>
    </span>
  );
}

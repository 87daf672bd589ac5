import { expect, it } from 'vitest';
import { createBrain } from '../brain';

it('cuts no character in two, since half of one cannot be stored', async () => {
  const brain = createBrain();
  const index = brain.index([]);
  for (let lead = 0; lead < 12; lead++) {
    const text = `${'a'.repeat(lead)}${'🏔'.repeat(400)}`;
    const summary = await brain.summarise({
      turns: [{ id: 'm1', author: 'visitor', text, at: 0 }],
      index,
      reason: 'requested_by_customer',
      customerName: null,
      agentName: null,
      signals: [],
    });
    expect(/\p{Surrogate}/u.test(Object.values(summary).flat().join(' ')), `after ${lead}`).toBe(false);
  }
});

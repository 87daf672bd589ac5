import type { Priority } from '@/lib/domain/handoff';
import { PRIORITY_WORDS } from './words';

const BARS = [
  { x: 0, y: 8, height: 4 },
  { x: 3.67, y: 5.5, height: 6.5 },
  { x: 7.34, y: 3, height: 9 },
  { x: 11.01, y: 0, height: 12 },
];

/** Four bars and the letter: priority is never told by colour alone. */
export function PriorityMark({ priority, chip = false }: { priority: Priority; chip?: boolean }) {
  const lit = 5 - priority;
  return (
    <span className={chip ? 'pri pri-chip' : 'pri'} data-p={priority}>
      <svg viewBox="0 0 14 12" aria-hidden="true">
        {BARS.map((bar, index) => (
          <rect
            key={bar.x}
            x={bar.x}
            y={bar.y}
            width="2.5"
            height={bar.height}
            rx=".75"
            className={index < lit ? undefined : 'off'}
          />
        ))}
      </svg>
      P{priority}
      <span className="sr"> {PRIORITY_WORDS[priority]}</span>
    </span>
  );
}

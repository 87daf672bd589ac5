import { TriangleAlert } from 'lucide-react';

interface Props {
  name: string;
  value: number | null;
  unit: string;
  /** Shown in place of the number, such as 2:08. */
  text?: string | null;
  before: number | null;
  target: { low: number; high: number; text: string } | null;
  scale: number;
}

/** One figure with its target as a band, and a tick where it stood in the period before. */
export function Figure({ name, value, unit, text, before, target, scale }: Props) {
  const off = value !== null && target !== null && (value < target.low || value > target.high);
  const place = (at: number) => `${Math.max(0, Math.min(100, (at / scale) * 100))}%`;
  const change = value === null || before === null ? null : value - before;
  return (
    <div className="figure">
      <h2>{name}</h2>
      <p className="figure-value n">
        {value === null ? 'None yet' : (text ?? value.toFixed(1))}
        {value !== null && <small>{unit}</small>}
      </p>
      <div className="figure-band" aria-hidden="true">
        {target && (
          <i
            style={{
              insetInlineStart: place(target.low),
              insetInlineEnd: `calc(100% - ${place(target.high)})`,
            }}
          />
        )}
        {before !== null && <u style={{ insetInlineStart: place(before) }} />}
        {value !== null && (
          <b className={off ? 'off' : undefined} style={{ insetInlineStart: place(value) }} />
        )}
      </div>
      <p className="figure-foot">
        {target ? (
          <span className={off ? 'off' : undefined}>
            {off && <TriangleAlert className="i i-12" aria-hidden="true" />}
            {target.text}
            {off && <span className="sr">, missed</span>}
          </span>
        ) : (
          <span />
        )}
        {change !== null && (
          <span className="n" title="Against the same span before">
            {change > 0 ? '+' : '−'}
            {Math.abs(change).toFixed(1)}
            <span className="sr"> against the same span before</span>
          </span>
        )}
      </p>
    </div>
  );
}

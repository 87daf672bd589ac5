import type { FocusEvent } from 'react';

/** A field of a table. What is not saved yet stands against what is. */
export function SettingCell({
  cell,
  name,
  text,
  before,
  changed,
  fault,
  mayChange,
  numeric = false,
  onWrite,
  onLeave,
}: {
  /** Names the field among the faults below the table. */
  cell: string;
  name: string;
  text: string;
  /** What is saved, in words. */
  before: string;
  changed: boolean;
  fault: string | undefined;
  mayChange: boolean;
  /** Digits alone are typed here. */
  numeric?: boolean;
  onWrite: (cell: string, text: string) => void;
  onLeave?: (text: string) => void;
}) {
  const leave = ({ target }: FocusEvent<HTMLInputElement>) => onLeave?.(target.value);
  return (
    <td className={changed ? 'changed' : undefined}>
      <span className="target-in">
        <input
          className="n"
          value={text}
          readOnly={!mayChange}
          inputMode={numeric ? 'numeric' : undefined}
          aria-label={name}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : `fault-${cell}`}
          onChange={(event) => onWrite(cell, event.target.value)}
          onBlur={leave}
        />
        {changed && (
          <s className="n">
            <span className="sr">was </span>
            {before}
          </s>
        )}
      </span>
    </td>
  );
}

/** The table has no room between its rows: what is wrong stands below it, and each field points to its own. */
export function CellFaults({
  cells,
}: {
  cells: readonly { cell: string; name: string; fault: string | undefined }[];
}) {
  return (
    <div role="status">
      {cells.map(
        ({ cell, name, fault }) =>
          fault !== undefined && (
            <p key={cell} id={`fault-${cell}`} className="form-fault">
              {name}: {fault}
            </p>
          ),
      )}
    </div>
  );
}

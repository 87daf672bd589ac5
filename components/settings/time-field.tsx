import { useId } from 'react';

/** A length of time in words, with what it is for. */
export function TimeField({
  name,
  means,
  text,
  before,
  changed,
  fault,
  mayChange,
  onWrite,
  onLeave,
}: {
  name: string;
  means: string;
  text: string;
  before: string;
  changed: boolean;
  fault: string | undefined;
  mayChange: boolean;
  onWrite: (text: string) => void;
  onLeave: () => void;
}) {
  const id = useId();
  return (
    <div className={changed ? 'time-field changed' : 'time-field'}>
      <label htmlFor={id}>
        <b>{name}</b>
        <span className="t3">{means}</span>
      </label>
      {changed && (
        <s className="n t3">
          <span className="sr">was </span>
          {before}
        </s>
      )}
      <input
        id={id}
        className="input n"
        value={text}
        readOnly={!mayChange}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        onChange={(event) => onWrite(event.target.value)}
        onBlur={onLeave}
      />
      {fault !== undefined && (
        <p id={`${id}-fault`} className="form-fault">
          {fault}
        </p>
      )}
    </div>
  );
}

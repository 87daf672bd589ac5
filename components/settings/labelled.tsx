import type { ReactNode } from 'react';

/** A control with its name above, what helps below, and what is wrong with it. */
export function Labelled({
  name,
  hint,
  fault,
  children,
}: {
  name: string;
  hint?: string;
  fault: string | undefined;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is handed in
    <label>
      <span>{name}</span>
      {children}
      {hint !== undefined && <span className="t3 know-hint">{hint}</span>}
      {fault !== undefined && <span className="form-fault">{fault}</span>}
    </label>
  );
}

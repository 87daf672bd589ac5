import type { ReactNode } from 'react';
import type { Refusal } from '@/lib/domain/errors';

/** What is not saved yet, what it would mean, and the two ways on. */
export function SettingsFoot({
  changes,
  refusal,
  note,
  saveLabel,
  busy,
  maySave = true,
  onUndo,
  onSave,
  children,
}: {
  changes: number;
  refusal: Refusal | null;
  note: string | null;
  saveLabel: string;
  busy: boolean;
  /** Whether all that is written can be read. */
  maySave?: boolean;
  onUndo: () => void;
  onSave: () => void;
  children?: ReactNode;
}) {
  return (
    <footer className="set-foot">
      <div className="set-foot-in">
        <div className="grow" role="status">
          <p className={changes > 0 ? 'unsaved' : undefined}>
            {changes > 0 ? `${changes} ${changes === 1 ? 'change' : 'changes'}, not saved` : (note ?? '')}
          </p>
          {refusal === null ? (
            <p className="t3">{children}</p>
          ) : (
            <p className="form-fault">{faultText(refusal)}</p>
          )}
        </div>
        <button
          type="button"
          className="btn btn-32 btn-ghost"
          disabled={changes === 0 || busy}
          onClick={onUndo}
        >
          Undo
        </button>
        <button
          type="button"
          className="btn btn-32 btn-primary"
          disabled={changes === 0 || busy || !maySave}
          onClick={onSave}
        >
          {saveLabel}
        </button>
      </div>
    </footer>
  );
}

/** What is wrong with a field stands at the field. */
function faultText({ fields, message }: Refusal): string {
  return fields === undefined ? message : 'Not every field can be used yet.';
}

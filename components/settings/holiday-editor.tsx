'use client';

import { Plus, X } from 'lucide-react';
import { type DraftHoliday, newHoliday } from './hours-draft';

/** Dates on which no shift starts. */
export function HolidayEditor({
  holidays,
  faultAt,
  disabled,
  onChange,
}: {
  holidays: readonly DraftHoliday[];
  faultAt: (field: string) => string | undefined;
  disabled: boolean;
  onChange: (holidays: DraftHoliday[]) => void;
}) {
  const set = (next: DraftHoliday) => onChange(holidays.map((each) => (each.id === next.id ? next : each)));
  return (
    <fieldset className="holidays" disabled={disabled} aria-label="Holidays">
      {holidays.length > 0 && (
        <ul>
          {holidays.map((holiday, index) => {
            const onDate = faultAt(`holidays.${index}.date`);
            const fault =
              (onDate && holiday.date === '' ? 'Choose the date.' : onDate) ??
              faultAt(`holidays.${index}.name`);
            const faultId = `holiday-${holiday.id}-fault`;
            return (
              <li key={holiday.id}>
                <input
                  className="input n"
                  type="date"
                  value={holiday.date}
                  aria-label={`Date of holiday ${index + 1}`}
                  aria-invalid={fault !== undefined}
                  aria-describedby={fault === undefined ? undefined : faultId}
                  onChange={(event) => set({ ...holiday, date: event.target.value })}
                />
                <input
                  className="input grow"
                  value={holiday.name}
                  maxLength={80}
                  placeholder="Christmas Day"
                  aria-label={`Name of holiday ${index + 1}`}
                  onChange={(event) => set({ ...holiday, name: event.target.value })}
                />
                <button
                  type="button"
                  className="icon-btn"
                  aria-label={`Remove holiday ${index + 1}`}
                  onClick={() => onChange(holidays.filter((each) => each.id !== holiday.id))}
                >
                  <X className="i i-14" aria-hidden="true" />
                </button>
                {fault !== undefined && (
                  <p id={faultId} className="form-fault">
                    {fault}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <button type="button" className="btn" onClick={() => onChange([...holidays, newHoliday()])}>
        <Plus className="i i-14" aria-hidden="true" />
        Add a holiday
      </button>
    </fieldset>
  );
}

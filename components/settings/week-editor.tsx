'use client';

import { Copy, Plus, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { endsNextDay, tidyTime } from '@/lib/domain/written-time';
import { DAYS, type DraftShift, newShift } from './hours-draft';

/** Seven days with any number of shifts each; a shift that ends before it began ends on the next day. */
export function WeekEditor({
  week,
  faultAt,
  disabled,
  onChange,
}: {
  week: readonly DraftShift[][];
  faultAt: (field: string) => string | undefined;
  disabled: boolean;
  onChange: (week: DraftShift[][]) => void;
}) {
  const setDay = (day: number, shifts: DraftShift[]) =>
    onChange(week.map((before, index) => (index === day ? shifts : before)));
  const copyTo = (from: number, days: readonly number[]) =>
    onChange(
      week.map((before, index) =>
        index !== from && days.includes(index)
          ? (week[from] ?? []).map((shift) => newShift(shift.from, shift.to))
          : before,
      ),
    );
  return (
    <ul className="week">
      {DAYS.map((name, day) => {
        const shifts = week[day] ?? [];
        return (
          <li key={name}>
            <fieldset disabled={disabled}>
              <legend>{name}</legend>
              <div className="shifts">
                {shifts.length === 0 && <span className="t3 closed">Closed</span>}
                {shifts.map((shift, index) => (
                  <Shift
                    key={shift.id}
                    day={day}
                    name={`${name}${shifts.length > 1 ? ` ${index + 1}` : ''}`}
                    shift={shift}
                    fault={
                      faultAt(`week.${day}.${index}`) ??
                      faultAt(`week.${day}.${index}.from`) ??
                      faultAt(`week.${day}.${index}.to`)
                    }
                    onChange={(next) =>
                      setDay(
                        day,
                        shifts.map((each) => (each.id === next.id ? next : each)),
                      )
                    }
                    onRemove={() =>
                      setDay(
                        day,
                        shifts.filter((each) => each.id !== shift.id),
                      )
                    }
                  />
                ))}
              </div>
              <div className="day-tools">
                <button
                  type="button"
                  className="icon-btn"
                  aria-label={`Add hours on ${name}`}
                  title="Add hours"
                  onClick={() => setDay(day, [...shifts, nextShift(shifts)])}
                >
                  <Plus className="i" aria-hidden="true" />
                </button>
                <CopyMenu day={day} disabled={disabled} onCopy={(days) => copyTo(day, days)} />
              </div>
            </fieldset>
          </li>
        );
      })}
    </ul>
  );
}

function Shift({
  day,
  name,
  shift,
  fault,
  onChange,
  onRemove,
}: {
  day: number;
  name: string;
  shift: DraftShift;
  fault: string | undefined;
  onChange: (shift: DraftShift) => void;
  onRemove: () => void;
}) {
  const faultId = `shift-${shift.id}-fault`;
  const time = (end: 'from' | 'to') => (
    <input
      className="input n time-in"
      value={shift[end]}
      maxLength={5}
      placeholder={end === 'from' ? '09:00' : '17:00'}
      aria-label={`${name} ${end}`}
      aria-invalid={fault !== undefined}
      aria-describedby={fault === undefined ? undefined : faultId}
      onChange={(event) => onChange({ ...shift, [end]: event.target.value })}
      onBlur={(event) => onChange({ ...shift, [end]: tidyTime(event.target.value) })}
    />
  );
  return (
    <div className="shift">
      {time('from')}
      <span className="t3" aria-hidden="true">
        –
      </span>
      {time('to')}
      <button
        type="button"
        className="icon-btn"
        aria-label={`Remove ${name} ${shift.from} to ${shift.to}`}
        onClick={onRemove}
      >
        <X className="i i-14" aria-hidden="true" />
      </button>
      {endsNextDay(shift.from, shift.to) && <span className="t3">ends {DAYS[(day + 1) % 7]}</span>}
      {fault !== undefined && (
        <p id={faultId} className="form-fault">
          {fault}
        </p>
      )}
    </div>
  );
}

const WEEKDAYS = [0, 1, 2, 3, 4];
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

function CopyMenu({
  day,
  disabled,
  onCopy,
}: {
  day: number;
  disabled: boolean;
  onCopy: (days: readonly number[]) => void;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="icon-btn"
        disabled={disabled}
        aria-label={`Copy ${DAYS[day]} to other days`}
        title="Copy to other days"
      >
        <Copy className="i i-14" aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item className="menu-item" onSelect={() => onCopy(WEEKDAYS)}>
            Monday to Friday
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => onCopy(ALL_DAYS)}>
            Every day
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          {ALL_DAYS.filter((other) => other !== day).map((other) => (
            <DropdownMenu.Item key={other} className="menu-item" onSelect={() => onCopy([other])}>
              {DAYS[other]}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A second shift begins where the first ended, so that it starts out without overlap where there is room. */
function nextShift(shifts: readonly DraftShift[]): DraftShift {
  const last = shifts.at(-1);
  return last === undefined
    ? newShift('09:00', '17:00')
    : newShift(last.to, last.to < '21:00' ? '21:00' : '24:00');
}

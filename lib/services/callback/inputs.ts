import { z } from 'zod';
import { CALLBACK_CHANNELS, phoneNumber } from '@/lib/domain/callback';
import { mailAddress } from '@/lib/domain/mail';
import { AppError } from '../errors';

export const channel = z.enum(CALLBACK_CHANNELS);
export const phone = z.string().max(60).nullable();
export const email = z.string().max(320).nullable();

/** As `Intl` knows it. */
export const timeZone = z.string().min(1).max(64).refine(isTimeZone, 'is no time zone');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What is needed to call, checked: a number to ring, an address for the invitation and the reminder. */
export function contactOf(
  written: { phone: string | null; email: string | null },
  needs: { phone: boolean; email: boolean },
): { phone: string | null; email: string | null } {
  const number = written.phone === null ? null : phoneNumber(written.phone);
  const address = written.email === null ? null : mailAddress(written.email);
  if (number === null && (needs.phone || written.phone?.trim())) {
    throw refused('phone', 'Write a phone number, such as +44 20 7946 0018.');
  }
  if (address === null && (needs.email || written.email?.trim())) {
    throw refused('email', 'Write one e-mail address, such as name@example.com.');
  }
  return { phone: number, email: address };
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid', message, { fields: { [field]: message } });
}

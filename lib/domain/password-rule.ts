const COMMON = new Set([
  'password',
  'password1',
  'password123',
  '12345678',
  '123456789',
  '1234567890',
  'qwertyuiop',
  'qwerty123',
  'iloveyou',
  'administrator',
  'letmein123',
  'welcome123',
  'changeme',
  'changeme123',
]);

export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 128;

/** Length and the commonest ones; no rules of composition. Answers what is wrong in words, or null. */
export function passwordFault(password: string, email: string): string | null {
  if (password.length < MIN_PASSWORD_LENGTH) return `Use at least ${MIN_PASSWORD_LENGTH} characters.`;
  if (password.length > MAX_PASSWORD_LENGTH) return `Use at most ${MAX_PASSWORD_LENGTH} characters.`;
  if (COMMON.has(password.toLowerCase()))
    return 'This password is among the first that are tried. Choose another.';
  if (password.toLowerCase() === email.toLowerCase()) return 'Do not use the e-mail address as the password.';
  return null;
}

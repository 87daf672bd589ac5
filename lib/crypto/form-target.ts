import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_S = 5 * 60;

/** What a form that is hosted elsewhere signs with: one for each template, made of the installation's own key. */
export function targetSecret(key: Buffer, templateId: string): string {
  return createHmac('sha256', key).update(`form-target.${templateId}`).digest('base64url');
}

/** HMAC-SHA256 in hexadecimal digits: over the query that is handed along, or over a report. */
export function signText(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** `t=<seconds>,v1=<digits>` over `<seconds>.<body>`, at most five minutes old or ahead. */
export function isSignedReport(secret: string, header: string, body: string, nowMs: number): boolean {
  const [, seconds, digits] = header.match(/^t=(\d{1,12}),v1=([0-9a-f]{64})$/) ?? [];
  if (!seconds || !digits) return false;
  if (Math.abs(nowMs / 1000 - Number(seconds)) > TOLERANCE_S) return false;
  const expected = Buffer.from(signText(secret, `${seconds}.${body}`), 'hex');
  return timingSafeEqual(Buffer.from(digits, 'hex'), expected);
}

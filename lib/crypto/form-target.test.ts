import { describe, expect, it } from 'vitest';
import { isSignedReport, signText, targetSecret } from './form-target';

const key = Buffer.alloc(32, 3);
const secret = targetSecret(key, 'template');
const NOW = Date.UTC(2026, 10, 25);
const body = '{"form":"x","answers":{}}';
const header = (seconds: number, by = secret, of = body) =>
  `t=${seconds},v1=${signText(by, `${seconds}.${of}`)}`;

describe('a report of a form that is hosted elsewhere', () => {
  it('is taken within five minutes either way', () => {
    for (const offset of [-300, 0, 300]) {
      expect(isSignedReport(secret, header(NOW / 1000 + offset), body, NOW), `${offset} s`).toBe(true);
    }
    for (const offset of [-301, 301]) {
      expect(isSignedReport(secret, header(NOW / 1000 + offset), body, NOW), `${offset} s`).toBe(false);
    }
  });

  it('is refused under the secret of another template or installation, with another body or time, or malformed', () => {
    const good = header(NOW / 1000);
    expect(isSignedReport(targetSecret(key, 'other'), good, body, NOW)).toBe(false);
    expect(isSignedReport(targetSecret(Buffer.alloc(32, 4), 'template'), good, body, NOW)).toBe(false);
    expect(isSignedReport(secret, good, `${body} `, NOW)).toBe(false);
    expect(isSignedReport(secret, good.replace(/t=\d+/, `t=${NOW / 1000 - 1}`), body, NOW)).toBe(false);
    for (const wrong of ['', 't=,v1=', good.slice(0, -1), `${good}0`, good.toUpperCase(), `${good},v1=x`]) {
      expect(isSignedReport(secret, wrong, body, NOW), wrong).toBe(false);
    }
  });
});

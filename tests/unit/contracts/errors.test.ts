import { describe, expect, it } from 'vitest';
import { errorCodes, sentenceOf, statusOf } from '../../../contracts/errors.ts';
import { refusalCodes } from '../../../domain/refusal.ts';

const own = errorCodes.filter((code) => !(refusalCodes as readonly string[]).includes(code));

describe('the error codes', () => {
  it('are each there once, written in small letters', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
    for (const code of errorCodes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('have each a status of a refusal', () => {
    for (const code of errorCodes)
      expect([400, 401, 403, 404, 409, 412, 413, 422, 500, 503], code).toContain(statusOf(code));
    for (const code of refusalCodes) expect([409, 412, 422], code).toContain(statusOf(code));
    expect(statusOf('stale')).toBe(412);
  });

  it('of the API have each a sentence in Chinese and one in English', () => {
    for (const code of own) {
      const { zh, en } = sentenceOf(code as Parameters<typeof sentenceOf>[0]);
      expect(zh, code).toMatch(/^\P{Script=Latin}*(Idempotency-Key|JSON|Word|PDF)?\P{Script=Latin}*。$/u);
      expect(en, code).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
    }
  });
});

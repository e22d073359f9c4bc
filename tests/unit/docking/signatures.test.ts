import { expect, it } from 'vitest';
import { courtReport } from '../../../domain/case/court-report.ts';
import type { ProcedureState } from '../../../domain/procedures/definition.ts';
import { readEnv } from '../../../temporal-config/env.ts';
import { signed, verify } from '../../../temporal-config/signatures.ts';

const secret = `whsec_${Buffer.from('a key of thirty bytes and more').toString('base64')}`;
const now = Date.parse('2030-03-04T02:00:00Z');
const body = '{"type":"filed"}';
const heard = (headers: Record<string, string>, text = body, at = now) =>
  verify(secret, (name) => headers[name], text, at);

it('POL-07: a message is genuine when one of its signatures fits its id, its time and its body, within five minutes', () => {
  const headers = signed(secret, 'm-1', body, now);
  expect(heard(headers)).toEqual({ id: 'm-1' });
  // While a key is being changed there are two.
  expect(heard({ ...headers, 'webhook-signature': `v1,b3RoZXI= ${headers['webhook-signature']}` })).toEqual({
    id: 'm-1',
  });
  for (const seconds of [-300, 300]) expect(heard(headers, body, now + seconds * 1000)).toEqual({ id: 'm-1' });
  for (const seconds of [-301, 301]) expect(heard(headers, body, now + seconds * 1000)).toBe('message-too-old');
  expect(heard(headers, `${body} `)).toBe('bad-signature');
  const replaced: Record<string, string>[] = [
    { 'webhook-id': 'm-2' },
    { 'webhook-id': '' },
    { 'webhook-timestamp': '1' },
    { 'webhook-signature': '' },
  ];
  for (const wrong of replaced) expect(heard({ ...headers, ...wrong })).toBe('bad-signature');
  expect(heard({})).toBe('bad-signature');
  expect(verify(secret.replace('YS', 'YT'), (name) => headers[name], body, now)).toBe('bad-signature');
});

it('POL-07: the courts of the environment are read whole, or the start says what is wrong', () => {
  const courts = [{ id: 'c-1', region: '310000', secret, url: 'https://court.invalid/hejie' }];
  expect(readEnv({ HEJIE_COURTS: JSON.stringify(courts) }).courts).toEqual(courts);
  expect(readEnv({}).courts).toBeUndefined();
  for (const wrong of ['{', '[{"id":"c-1"}]', JSON.stringify([{ ...courts[0], secret: 'short' }])])
    expect(() => readEnv({ HEJIE_COURTS: wrong })).toThrow(/HEJIE_COURTS/);
});

it('CRT-05 CRT-06: a court hears who took its case, that a mediator is to be named, and how it ended, and nothing else', () => {
  const state = {
    procedure: 'preLitigationMediation',
    outcome: 'agreement',
    case: { agreement: { effectiveOn: '2030-03-04' } },
  };
  const report = (type: string, detail = {}, of: unknown = state) =>
    courtReport({ type, detail }, of as ProcedureState);
  expect(report('preLitigationMediation.taken', { takenOn: '2030-03-04' })).toMatchObject({ type: 'taken' });
  expect(report('deadline.ranOut', { outcome: 'reassigned' })).toMatchObject({ type: 'reassigned' });
  expect(report('deadline.ranOut', { outcome: 'courtNames' })).toMatchObject({ type: 'mediatorToBeNamed' });
  expect(report('deadline.ranOut', { outcome: 'remind' })).toBeUndefined();
  expect(report('deadline.ranOut', { outcome: 'reassigned' }, { ...state, procedure: 'mediation' })).toBeUndefined();
  expect(report('preLitigationMediation.sessionHeld')).toBeUndefined();
  expect(report('preLitigationMediation.ended', { next: 'agreementPerformance' })).toEqual({
    type: 'agreement',
    detail: { next: 'agreementPerformance', effectiveOn: '2030-03-04' },
  });
});

import { describe, expect, it } from 'vitest';
import {
  act,
  administrator,
  arbitrator,
  atStage,
  done,
  expectProblem,
  hejie,
  inDays,
  operator,
  register,
  registration,
  today,
  union,
  worker,
} from './stage.ts';

describe('the arbitrator who looks after a mediation organisation', () => {
  const put = (by: Parameters<ReturnType<typeof hejie>['call']>[0], path: string, body: unknown) =>
    hejie().call(by, 'PUT', `/v1/liaisons/${path}`, { body });

  it('POL-01 is named by region and organisation, shown on the case, and told when a mediation begins', async () => {
    const liaison = { arbitratorId: 'A-12', email: 'liaison@example.test' };
    const guiyang = { ...operator, subject: 'window-guiyang', region: '520102' };
    expect((await put(administrator, '520000/townshipStreet', { arbitratorId: 'A-1' })).status).toBe(200);
    expect((await put(administrator, '520100/townshipStreet', liaison)).status).toBe(200);
    const caseNo = await register({ region: '520102', requestedRoute: 'mediation' }, guiyang);
    await done(guiyang, caseNo, 'mediation.apply', { receivedOn: today(), form: 'oral' });
    const { body } = await hejie().get(guiyang, `/v1/cases/${caseNo}`);
    expect(body.liaison).toEqual({ region: '520100', arbitratorId: 'A-12' });
    const { items } = (await hejie().get(guiyang, `/v1/cases/${caseNo}/notices`)).body;
    expect(items.filter(({ recipient }: { recipient: string }) => recipient === 'liaison')).toMatchObject([
      { template: 'liaisonTold' },
    ]);
    // Where nobody is named nobody is told.
    const elsewhere = await register({ requestedRoute: 'mediation' });
    await done(operator, elsewhere, 'mediation.apply', { receivedOn: today(), form: 'oral' });
    expect((await hejie().get(operator, `/v1/cases/${elsewhere}`)).body.liaison).toBeNull();
    expect((await hejie().get(arbitrator, '/v1/liaisons')).body.items).toContainEqual({
      ...liaison,
      ...{ region: '520100', organisation: 'townshipStreet' },
    });
  });

  it('is set by an administrator of the region, by a number and never by a name', async () => {
    const liaison = { arbitratorId: 'A-12' };
    expectProblem(await put(arbitrator, '310116/jointCentre', liaison), 403, 'not-allowed');
    const elsewhere = { ...administrator, subject: 'administrator-guiyang', region: '520100' };
    expectProblem(await put(elsewhere, '310116/jointCentre', liaison), 403, 'not-allowed');
    expectProblem(await put(administrator, '310199/jointCentre', liaison), 422, 'unknown-region', '/region');
    expectProblem(await put(administrator, '310116/teaHouse', liaison), 422, 'bad-input', '/organisation');
    expectProblem(
      await put(administrator, '310116/jointCentre', { arbitratorId: '王某' }),
      422,
      'bad-input',
      '/arbitratorId',
    );
    for (const by of [worker, union]) expectProblem(await hejie().get(by, '/v1/liaisons'), 403, 'not-allowed');
  });
});

describe('a case that the arbitration commission sends to mediation', () => {
  const entrusted = { by: 'arbitration', kind: 'entrusted', ref: 'Z-7', receivedOn: today(), consentedOn: today() };
  const suggested = { by: 'arbitration', kind: 'suggested', ref: 'T-7', receivedOn: today() };
  const send = (referral: unknown, by = arbitrator) => hejie().post(by, '/v1/cases', registration({ referral }));

  it('MED-15 MED-16 is registered by the commission, with the day of the consent where it is entrusted, and only there', async () => {
    const { consentedOn: _, ...withoutConsent } = entrusted;
    for (const [referral, field] of [
      [withoutConsent, '/referral/consentedOn'],
      [{ ...suggested, consentedOn: today() }, '/referral/consentedOn'],
      [{ ...entrusted, receivedOn: inDays(-1) }, '/referral/consentedOn'],
      [{ ...suggested, kind: 'delegated' }, '/referral/kind'],
    ] as const)
      expectProblem(await send(referral), 422, 'bad-input', field);
    expectProblem(
      await send({ ...suggested, receivedOn: inDays(1) }),
      422,
      'day-in-the-future',
      '/referral/receivedOn',
    );
    const longAgo = { ...entrusted, receivedOn: '1900-01-02', consentedOn: '1900-01-02' };
    expectProblem(await send(longAgo), 422, 'calendar-missing', '/referral/consentedOn');
    for (const by of [operator, worker]) expectProblem(await send(suggested, by), 403, 'not-allowed');
  });

  it('MED-16 shows who sent it, and after a mediation without agreement that the arbitration goes on', async () => {
    const { body } = await send(entrusted);
    await atStage(body.id, 'mediation');
    const found = (await hejie().get(operator, `/v1/cases/${body.id}`)).body;
    expect(found).toMatchObject({ referral: entrusted, organisation: { kind: 'jointCentre' } });
    await done(operator, body.id, 'mediation.accept', { acceptedOn: today() });
    expect((await act(operator, body.id, 'mediation.fail', { reason: '分歧太大' })).status).toBe(200);
    await atStage(body.id, 'followUp');
    const { items } = (await hejie().get(worker, `/v1/cases/${body.id}/remedies`)).body;
    const arbitration = items.filter(({ remedy }: { remedy: string }) => remedy === 'arbitration');
    expect(arbitration).toMatchObject([{ legalRef: 'MED-16', title: { zh: '仲裁继续进行' } }]);
  });
});

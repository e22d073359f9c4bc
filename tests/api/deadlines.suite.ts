import { describe, expect, it } from 'vitest';
import { expectBilingual, expectProblem, hejie } from './stage.ts';

const regions = ['000000', '510000', '510100', '310116', '990000', '440307'];

const compute = (id: string, query: string) => hejie().get(undefined, `/v1/deadlines/${id}/compute?${query}`);
const catalogue = async (region: string) =>
  (await hejie().get(undefined, `/v1/deadlines/catalogue?region=${region}`)).body;

describe('a deadline is computed for anybody who asks', () => {
  it.each(regions)('each of the catalogue in region %s, with how it was counted and the article', async (region) => {
    const { items, packs, release } = await catalogue(region);
    expect(items.length).toBeGreaterThan(25);
    expect(packs[0]).toBe('000000-national');
    for (const { id, legalRef, article, title } of items) {
      const { status, body, text } = await compute(id, `from=2026-09-18&region=${region}`);
      expect(status, `${id}: ${text}`).toBe(200);
      expect(body).toMatchObject({
        id,
        region,
        from: '2026-09-18',
        anchorOn: '2026-09-18',
        dueOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        dueAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
        provisional: expect.any(Boolean),
        unit:
          region === '990000' ? 'seconds' : expect.stringMatching(/^(hours|calendarDays|workingDays|months|years)$/),
        amount: expect.any(Number),
        purpose: expect.stringMatching(/^(advisory|enforcing)$/),
        basis: expect.stringMatching(/^(statute|agreed|local|inferred)$/),
        anchor: expect.any(String),
        onExpiry: expect.any(String),
        calendarVersion: expect.any(String),
        ruleRelease: release,
        article,
        legalRef,
        title,
      });
      expect(legalRef).toMatch(/^[A-Z]{2,3}-\d{2}$/);
      expectBilingual(body.title);
      expect(body.explanation.length).toBeGreaterThan(1);
      expect(body.explanation.at(-1).code).toBe('due');
      for (const line of body.explanation) expectBilingual(line);
    }
  });

  it.each([
    ['JR-01: fifteen days over National Day', 'arbitrationReview.application', '2026-09-18', '2026-10-08'],
    ['NEG-03: five days over Labour Day', 'negotiation.response', '2026-04-30', '2026-05-06'],
    ['JR-05: five working days with a Sunday worked', 'arbitrationReview.review', '2026-09-18', '2026-09-24'],
    ['JR-06: five more over National Day', 'arbitrationReview.extendedReview', '2026-09-24', '2026-10-09'],
  ])('%s', async (_title, id, from, dueOn) => {
    const { body } = await compute(id, `from=${from}&region=310116`);
    expect(body).toMatchObject({ dueOn, provisional: false, calendarVersion: '2026@国办发明电〔2025〕7号' });
    // 24:00 in Shanghai.
    expect(body.dueAt).toBe(`${dueOn}T16:00:00.000Z`);
  });

  it('in a year whose holidays are not published yet it is provisional, and says so', async () => {
    const { body } = await compute('arbitrationReview.application', 'from=2027-09-25');
    expect(body).toMatchObject({ provisional: true, calendarVersion: '2027@statutory-table' });
    expect(body.explanation.map(({ code }: { code: string }) => code)).toContain('provisional');
  });

  it('where a rule may be extended it says by whom', async () => {
    const { body } = await compute('mediation.conclusion', 'from=2026-09-18');
    expect(body.extension).toMatchObject({ by: 'bothParties', written: true });
    expect((await compute('negotiation.response', 'from=2026-09-18')).body).not.toHaveProperty('extension');
  });

  it('each region has the rules of its packs, and the release is named', async () => {
    const { body } = await hejie().get(undefined, '/v1/rules/release?region=310116');
    expect(body).toMatchObject({
      region: '310116',
      packs: ['000000-national', '310000-shanghai', '310116-jinshan'],
      release: expect.any(String),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: { zh: expect.stringContaining('金山'), en: expect.any(String) },
    });
    expect((await catalogue('510100')).packs).toEqual(['000000-national', '510000-sichuan']);
    expect((await catalogue('440307')).packs).toEqual(['000000-national']);
  });
});

describe('a deadline is not guessed', () => {
  it.each([
    [
      'when there is no calendar for the year',
      'negotiation.response',
      'from=2022-05-01',
      422,
      'calendar-missing',
      '/from',
    ],
    [
      'when the count leaves the years that are known',
      'limitation.arbitration',
      'from=2050-06-01',
      422,
      'calendar-missing',
      '/from',
    ],
    ['at the end of all years', 'limitation.arbitration', 'from=9999-12-31', 422, 'calendar-missing', '/from'],
    ['at the beginning of all years', 'limitation.arbitration', 'from=1900-01-01', 422, 'calendar-missing', '/from'],
    ['for a day that does not exist', 'negotiation.response', 'from=2026-02-30', 422, 'bad-input', '/from'],
    ['for no day', 'negotiation.response', 'region=310116', 422, 'bad-input', '/from'],
    [
      'for a region that does not exist',
      'negotiation.response',
      'from=2026-05-01&region=310199',
      422,
      'unknown-region',
      '/region',
    ],
    [
      'for a region that is no code',
      'negotiation.response',
      'from=2026-05-01&region=shanghai',
      422,
      'bad-input',
      '/region',
    ],
    ['for a question mistyped', 'negotiation.response', 'from=2026-05-01&regoin=310116', 422, 'bad-input', '/regoin'],
    ['for a clock that does not exist', 'negotiation.lunch', 'from=2026-05-01', 404, 'unknown-deadline', undefined],
    ['for what every object has', 'constructor', 'from=2026-05-01', 404, 'unknown-deadline', undefined],
  ] as const)('%s', async (_why, id, query, status, code, field) => {
    expectProblem(await compute(id, query), status, code, field);
  });

  it('names the year that is missing', async () => {
    const { body } = await compute('negotiation.response', 'from=2022-05-01');
    expect(body.detail.zh).toContain('2022');
  });

  it('the demonstration region counts seconds whatever the year, and breaks at no end of time', async () => {
    for (const from of ['1900-01-01', '2022-05-01', '9999-12-31'])
      expect((await compute('limitation.arbitration', `from=${from}&region=990000`)).status).toBe(200);
  });

  it('and for a catalogue or a release of no region there is none either', async () => {
    expectProblem(
      await hejie().get(undefined, '/v1/deadlines/catalogue?region=319999'),
      422,
      'unknown-region',
      '/region',
    );
    expectProblem(await hejie().get(undefined, '/v1/rules/release?region=319999'), 422, 'unknown-region', '/region');
  });
});

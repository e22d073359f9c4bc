import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contracts/errors.ts';
import { unzip } from '../../papers/docx/unzip.ts';
import { ownTemplate, type PaperKind, zip } from '../../papers/index.ts';
import type { Person } from '../support/app.ts';
import { formOf } from '../support/files.ts';
import { paperSays } from './paper.ts';
import {
  administrator,
  done,
  expectProblem,
  hejie,
  items,
  mediator,
  operator,
  register,
  today,
  worker,
} from './stage.ts';

const KIND = 'mediationApplication' satisfies PaperKind;
const REASON = '本区统一文书样式';

/** The template with words of this office in it. */
function changed(change: (xml: string) => string, more: Array<[string, Buffer]> = []): Buffer {
  const entries = unzip(ownTemplate(KIND));
  entries.set('word/document.xml', Buffer.from(change(String(entries.get('word/document.xml')))));
  return zip([...entries, ...more]);
}
const saying = (text: string): Buffer =>
  changed((xml) => xml.replace('<w:sectPr', `<w:p><w:r><w:t>${text}</w:t></w:r></w:p><w:sectPr`));

const handIn = (docx: Buffer, more: Record<string, string> = {}, by: Person = administrator, kind: string = KIND) =>
  hejie().call(by, 'POST', `/v1/templates/${kind}`, {
    raw: formOf({ bytes: docx, name: 'template.docx' }, { region: '310116', reason: REASON, ...more }),
  });

const applied = async () => {
  const caseNo = await register({ requestedRoute: 'mediation' });
  await done(operator, caseNo, 'mediation.apply', { receivedOn: today(), form: 'written', requests: '支付工资' });
  return caseNo;
};

const body = { kind: KIND, factsAndReasons: '拖欠工资' };

describe('an office’s own templates', () => {
  it('MED-01: a template taken out, changed and handed in is the form of the papers of that region, until it is given up', async () => {
    const caseNo = await applied();
    const inForce = async () =>
      (await items('/v1/templates?region=310116', operator)).find(({ kind }: { kind: string }) => kind === KIND);
    const before = await inForce();
    expect(before.office).toBeNull();
    expect(Object.keys(before.fields)).toContain('caseNo');

    const docx = saying('金山区制');
    const checked = await handIn(docx, { check: 'only' });
    expect([checked.status, (await inForce()).office]).toEqual([200, null]);
    const kept = await handIn(docx);
    expect(kept.status, kept.text).toBe(201);
    expect(kept.body).toMatchObject({ region: '310116', kind: KIND, number: 1, reason: REASON });
    // Sent again, the same is in force and nothing is added.
    expect((await handIn(docx)).body).toEqual(kept.body);
    expect(await inForce()).toMatchObject({ office: kept.body, docx: { sha256: kept.body.sha256 } });

    const { paper, text } = await paperSays(operator, caseNo, body);
    expect(text).toContain('金山区制');
    expect(paper.templateSha256).toBe(kept.body.sha256);

    const givenUp = await hejie().post(administrator, `/v1/templates/${KIND}/give-up`, {
      ...{ region: '310116', reason: '回到统一样式' },
    });
    expect(givenUp.body).toMatchObject({ number: 2, sha256: null });
    expect((await paperSays(operator, caseNo, body)).text).not.toContain('金山区制');
    // What a paper was made with is still there.
    const byHash = await hejie().get(operator, `/v1/templates/${KIND}.docx?sha256=${kept.body.sha256}`);
    expect(byHash.status).toBe(200);
    const history = await items(`/v1/templates/${KIND}/history?region=310116`, operator);
    expect(history.map(({ number }: { number: number }) => number)).toEqual([1, 2]);
    await expect(hejie().db`delete from office_templates`).rejects.toThrow('append-only');
  });

  it('MED-01: refuses a template with an unknown field, a macro, an external link or without what the law asks for, naming the place', async () => {
    const refuses = async (docx: Buffer, status: number, code: ErrorCode, place: string) => {
      const answer = await handIn(docx);
      expectProblem(answer, status, code);
      expect(answer.body.errors.some((one: { place?: string }) => one.place?.includes(place))).toBe(true);
    };
    await refuses(saying('{salary}'), 422, 'template-unknown-field', 'word/document.xml {salary}');
    await refuses(saying('{#claims}'), 422, 'template-broken-tag', 'claims');
    await refuses(
      changed((xml) => xml.replaceAll('{factsAndReasons}', '')),
      ...([422, 'template-content-missing', 'factsAndReasons'] as const),
    );
    await refuses(
      changed((xml) => xml, [['word/vbaProject.bin', Buffer.from('x')]]),
      422,
      'template-macro',
      'vbaProject',
    );
    await refuses(
      changed((xml) => xml, [['word/embeddings/oleObject1.bin', Buffer.from('x')]]),
      ...([422, 'template-embedded-object', 'oleObject1'] as const),
    );
    const link = changed((xml) =>
      xml.replace(
        '<w:sectPr',
        '<w:p><w:r><w:instrText>INCLUDETEXT "http://elsewhere.test"</w:instrText></w:r></w:p><w:sectPr',
      ),
    );
    await refuses(link, 422, 'template-external-link', 'INCLUDETEXT');
    const picture = changed((xml) => xml.replace('<w:sectPr', '<w:p><w:r><w:drawing/></w:r></w:p><w:sectPr'));
    await refuses(picture, 422, 'template-not-printable', 'drawing');
    await refuses(Buffer.from('%PDF-1.7'), 422, 'template-not-docx', 'end record');
    const bomb = changed((xml) => xml, [['word/media/zeros.xml', Buffer.alloc(9_000_000)]]);
    await refuses(bomb, 413, 'template-too-large', 'zeros');
    expect(
      (await items('/v1/templates?region=310116', operator)).every(
        ({ office }: { office: unknown }) => office === null,
      ),
    ).toBe(true);
  });

  it('refuses who may not set them, a region that is not theirs, and a form that is none', async () => {
    const docx = saying('不采用');
    for (const nobody of [operator, mediator, worker])
      expectProblem(await handIn(docx, {}, nobody), 403, 'not-allowed');
    const local = { ...administrator, subject: 'administrator-2', region: '310116' };
    expectProblem(await handIn(docx, { region: '310000' }, local), 403, 'not-allowed');
    expectProblem(await handIn(docx, { region: '999999' }), 422, 'unknown-region', '/region');
    expectProblem(await handIn(docx, { reason: '\u0000' }), 422, 'bad-input', '/reason');
    expectProblem(await handIn(docx, { reason: ' ' }), 422, 'bad-input', '/reason');
    expectProblem(await handIn(docx, {}, administrator, 'verdict'), 422, 'bad-input', '/kind');
    const path = `/v1/templates/${KIND}`;
    expectProblem(await hejie().post(administrator, path, { region: '310116' }), 422, 'bad-input', '/file');
    const torn = { raw: '--x\r\nContent-', headers: { 'content-type': 'multipart/form-data; boundary=x' } };
    expectProblem(await hejie().call(administrator, 'POST', path, torn), 422, 'bad-input');
    expectProblem(await hejie().get(worker, '/v1/templates?region=310116'), 403, 'not-allowed');
    expectProblem(await hejie().get(operator, `/v1/templates/${KIND}.docx?sha256=0`), 404, 'not-found');
    expectProblem(
      await hejie().post(administrator, '/v1/templates/archiveCover/give-up', { region: '310116', reason: '无' }),
      ...([404, 'not-found'] as const),
    );
  });
});

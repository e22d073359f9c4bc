import { expect } from 'vitest';
import type { Person } from '../support/app.ts';
import { docxText } from '../unit/papers/read-back.ts';
import { hejie, items } from './stage.ts';

/** A file as it comes over the wire. */
export async function download(by: Person, href: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${await hejie().tokenOf(by)}`;
  const answer = await hejie().app.request(href, { headers: { authorization, ...headers } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Makes a paper that must be made. */
export async function makePaper(by: Person, caseNo: string, body: Record<string, unknown>, key?: string) {
  const answer = await hejie().post(by, `/v1/cases/${caseNo}/papers`, body, key === undefined ? {} : { key });
  expect(answer.status, answer.text.slice(0, 500)).toBe(201);
  return answer.body;
}

/** Makes a paper, and reads what its DOCX says. */
export async function paperSays(by: Person, caseNo: string, body: Record<string, unknown>) {
  const paper = await makePaper(by, caseNo, body);
  return { paper, text: await docxText({ docx: await download(by, paper.docx.href) }) };
}

/** The parties who were told that a paper waits for their signature. */
export const askedToSign = async (caseNo: string, number: number): Promise<string[]> =>
  (await items(`/v1/cases/${caseNo}/notices`))
    .filter(
      ({ template, paper }: { template: string; paper: number }) => template === 'paperToSign' && paper === number,
    )
    .map(({ recipient }: { recipient: string }) => recipient)
    .sort();

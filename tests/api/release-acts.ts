import { expect } from 'vitest';
import type { Answer, Person } from '../support/app.ts';
import { hejie } from './stage.ts';

/** An act on a release, with a reason. */
export const act = (by: Person, id: string, name: string, more: object = {}): Promise<Answer> =>
  hejie().post(by, `/v1/releases/${id}/${name}`, { reason: '按会议决定', ...more });

/** A draft checked and shown, as a kind that shows at once has it. */
export async function shownAtOnce(by: Person, drafted: Answer): Promise<Answer> {
  expect(drafted.status, drafted.text.slice(0, 600)).toBe(201);
  const { id } = drafted.body;
  expect((await act(by, id, 'check')).body).toMatchObject({ status: 'checked', findings: [] });
  const shown = await act(by, id, 'simulate');
  expect(shown.body, shown.text.slice(0, 600)).toMatchObject({ status: 'simulated' });
  return shown;
}

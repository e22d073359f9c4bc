import type { Api } from './api.ts';
import { type CaseFile, readCaseFile } from './case-file.ts';
import { type Audience, openStage, type Stage } from './stage.ts';
import type { Registration, Story } from './story.ts';

/** What an audience is told before a story begins. */
export interface Beginning {
  caseNo: string;
  file: CaseFile;
  body: Registration;
}

/** Registers a published case and plays it to its end, before the audience that `seat` gives it. */
export async function playStory(api: Api, story: Story, seat: (beginning: Beginning) => Audience): Promise<Stage> {
  const file = await readCaseFile(story.file);
  const body = story.registration(file);
  const caseNo = await api.register(body, story.registeredBy);
  const stage = await openStage(api, caseNo, seat({ caseNo, file, body }));
  // A machine that is busy may take longer to route a case than the registration waits.
  await stage.until(`${story.published.path[1]?.[0]}.opened`, 30);
  await story.play(stage, file);
  await stage.showLateMails();
  return stage;
}

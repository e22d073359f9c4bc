import { readFileSync } from 'node:fs';
import type { Bilingual } from '../domain/time/types.ts';

export const nationCode = '000000';
/** The demonstration region: lies on the nation's pack, the only one that may count in seconds. */
export const demoCode = '990000';

const provinces: Record<string, string> = {
  11: 'Beijing',
  12: 'Tianjin',
  13: 'Hebei',
  14: 'Shanxi',
  15: 'Inner Mongolia',
  21: 'Liaoning',
  22: 'Jilin',
  23: 'Heilongjiang',
  31: 'Shanghai',
  32: 'Jiangsu',
  33: 'Zhejiang',
  34: 'Anhui',
  35: 'Fujian',
  36: 'Jiangxi',
  37: 'Shandong',
  41: 'Henan',
  42: 'Hubei',
  43: 'Hunan',
  44: 'Guangdong',
  45: 'Guangxi',
  46: 'Hainan',
  50: 'Chongqing',
  51: 'Sichuan',
  52: 'Guizhou',
  53: 'Yunnan',
  54: 'Tibet',
  61: 'Shaanxi',
  62: 'Gansu',
  63: 'Qinghai',
  64: 'Ningxia',
  65: 'Xinjiang',
};

let loaded: ReadonlyMap<string, string> | undefined;
function names(): ReadonlyMap<string, string> {
  loaded ??= new Map(
    Object.entries(
      (
        JSON.parse(readFileSync(new URL('./regions.json', import.meta.url), 'utf8')) as {
          names: Record<string, string>;
        }
      ).names,
    ),
  );
  return loaded;
}

/** GB/T 2260 codes down to the district, the nation (000000) and the demonstration (990000). */
export function regionExists(code: string): boolean {
  return code === nationCode || code === demoCode || names().has(code);
}

/** Full name, e.g. 上海市金山区 / Shanghai 310116. */
export function regionName(code: string): Bilingual | undefined {
  if (code === nationCode) return { zh: '全国', en: 'China' };
  if (code === demoCode) return { zh: '演示', en: 'Demonstration' };
  if (!names().has(code)) return undefined;
  const zh = lineage(code)
    .slice(1)
    .map((step) => names().get(step) ?? '')
    // Steps that only fill the table: 市辖区, 县 of a municipality, 省直辖县级行政区划.
    .filter((name, index, all) => index === all.length - 1 || !/^(?:市辖区|县|.+直辖县级行政区划)$/.test(name))
    .join('');
  const province = provinces[code.slice(0, 2)] ?? '';
  return { zh, en: code.endsWith('0000') ? province : `${province} ${code}` };
}

/** Codes from the nation to the region itself. */
export function lineage(code: string): string[] {
  if (code === demoCode) return [nationCode, demoCode];
  return [...new Set([nationCode, `${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])];
}

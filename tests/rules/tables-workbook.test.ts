import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readWorkbook, writeWorkbook } from '../../api/administration/workbook.ts';
import { unzip, zip } from '../../papers/index.ts';
import { packsFolder, readSources } from '../../rules/load.ts';
import type { RuleRow } from '../../rules/pack-schema.ts';
import { decisionFile } from '../../rules/packs.ts';
import type { Cell } from '../../rules/tables/cell.ts';
import { decisionSheets, importDecision } from '../../rules/tables/decision.ts';
import { valueCell } from '../../rules/tables/value-cell.ts';

const sources = await readSources(packsFolder);
const ids = { all: [], enforcing: [] };

const good = await writeWorkbook([{ name: 'x', rows: [['a', 1, true]], headings: 0 }]);

describe('a decision in XLSX', () => {
  it.each(['case.remedies', 'service.servedDay', 'notice.ladder', 'award.finality'] as const)(
    '%s of the nation comes back the same through a workbook',
    async (point) => {
      const [pack, ...others] = sources;
      if (pack === undefined) throw new Error('no pack');
      const rules = pack.files.get(decisionFile(point))?.value as RuleRow[];
      const workbook = await writeWorkbook(decisionSheets({ point, rules, ids }).sheets);
      const imported = importDecision(await readWorkbook(workbook), pack, others);
      expect(imported).toEqual({ point, rules, faults: [], elsewhere: [] });
    },
  );

  it('keeps every text, number and yes or no as it is, whatever they look like', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      fc.constantFrom(
        '=1+1',
        '2026-01-01',
        '007',
        'TRUE',
        '_x000D_',
        'a\r\nb',
        '+86',
        "'",
        'valueOf',
        '\u{10fffe}\ufffd',
      ),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (values) => {
        const row = values.map(valueCell);
        const [sheet] = await readWorkbook(await writeWorkbook([{ name: 'x', rows: [row], headings: 0 }]));
        expect(sheet?.rows).toEqual([row]);
      }),
      { numRuns: 25 },
    );
  });

  it('takes a day that Excel made of what was typed as that day', async () => {
    const data = [[{ value: new Date('2026-01-01T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }]];
    expect((await readWorkbook(await writeXlsxFile(data).toBuffer()))[0]?.rows).toEqual([['2026-01-01']]);
  });

  it('is not written where a text is longer than a cell takes', async () => {
    const rows: Cell[][] = [[null], [null, 'a'.repeat(40_000)]];
    await expect(writeWorkbook([{ name: 'x', rows, headings: 0 }])).rejects.toMatchObject({
      code: 'too-large',
      cell: 'B2',
    });
  });
});

describe('a workbook is refused before it does harm, when', () => {
  const entries = [...unzip(good)];
  /** The workbook with its sheet written over. */
  const withSheet = (change: (xml: string) => string): Buffer =>
    zip(entries.map(([name, body]) => [name, name.endsWith('sheet1.xml') ? change(body.toString()) : body]));
  const cell = (xml: string) =>
    withSheet((sheet) => sheet.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${xml}</sheetData>`));

  /** A ZIP of one entry whose header says what it likes of its size. */
  function lying(body: Buffer, said: number): Buffer {
    const file = zip([...entries, ['xl/media.xml', body]]);
    for (const mark of ['PK\x03\x04', 'PK\x01\x02']) {
      const at = file.lastIndexOf(Buffer.from(mark, 'latin1'));
      file.writeUInt32LE(said, at + (mark.endsWith('\x04') ? 22 : 24));
    }
    return file;
  }
  const zeros = Buffer.alloc(30_000_000);

  const hostile: [string, Buffer, code: string, cell?: string][] = [
    ['it is nothing', Buffer.alloc(0), 'cut-off'],
    ['it is text', Buffer.from('id,title\n'), 'cut-off'],
    ['it was cut off', good.subarray(0, good.length - 100), 'cut-off'],
    ['it has 50 MB', Buffer.alloc(50_000_000), 'too-large'],
    ['an entry unpacks to more than fits', zip([...entries, ['xl/bomb.xml', zeros]]), 'too-large'],
    ['an entry that says it is small is not', lying(zeros, 10), 'too-large'],
    ['it is a ZIP of something else', zip([['word/document.xml', '<w/>']]), 'no-workbook'],
    ['its sheet is broken off', withSheet((xml) => xml.slice(0, 200)), 'no-workbook'],
    ['a cell is a formula', cell('<row r="1"><c r="B1"><f>A1*2</f><v>2</v></c></row>'), 'formula', 'B1'],
    ['a cell is the error of a formula', cell('<row r="1"><c r="C1" t="e"><v>#N/A</v></c></row>'), 'error-value', 'C1'],
    ['a row lies a million below', cell('<row r="1000000"><c r="A1000000"><v>1</v></c></row>'), 'too-large', '1000000'],
    ['a cell lies far to the right', cell('<row r="1"><c r="XFD1"><v>1</v></c></row>'), 'too-large', 'XFD1'],
    ['a cell has no address', cell('<row r="1"><c><v>1</v></c></row>'), 'no-address'],
    ['its text is named and not there', cell('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), 'no-workbook'],
  ];
  it.each(hostile)('%s', async (_why, file, code, at) => {
    const before = process.memoryUsage().rss;
    await expect(readWorkbook(file)).rejects.toMatchObject({ code, cell: at, reason: { zh: expect.any(String) } });
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('and one whose entry says that it has gigabytes, and has not, is read as it is', async () => {
    expect((await readWorkbook(lying(deflateRawSync('a'), 4_000_000_000)))[0]?.rows).toEqual([['a', 1, true]]);
  });
});

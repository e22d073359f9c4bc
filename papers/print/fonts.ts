import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';

const require = createRequire(import.meta.url);
const folder = '@expo-google-fonts/noto-serif-sc';

/** Noto Serif SC in the two weights of a paper: TrueType, under the Open Font License, from the package. Papers have no italics. */
const fontFiles = {
  'NotoSerifSC-Regular.ttf': `${folder}/400Regular/NotoSerifSC_400Regular.ttf`,
  'NotoSerifSC-Bold.ttf': `${folder}/700Bold/NotoSerifSC_700Bold.ttf`,
} as const;
export type FontFile = keyof typeof fontFiles;

export const fontFamily = 'NotoSerifSC';

interface Opened extends Font {
  /** What is decoded of the file; fontkit itself hands it from one font to its variations. */
  _tables: object;
}
interface Format {
  probe(bytes: Uint8Array): boolean;
  new (stream: { buffer: Uint8Array }): Opened;
}

/** The very fontkit of pdfmake: its CommonJS half is another copy than that which `import` gets. */
const fontkit = require('fontkit') as {
  create(bytes: Uint8Array): Opened;
  registerFormat(format: Format): void;
};

const opened = new Map<FontFile, { bytes: Buffer; font: Opened }>();

function open(file: FontFile): { bytes: Buffer; font: Opened } {
  const known = opened.get(file);
  if (known) return known;
  const bytes = readFileSync(require.resolve(fontFiles[file]));
  const one = { bytes, font: fontkit.create(bytes) };
  // No ligatures, no kerning: Chinese has none, and to look for them costs as much as all the rest of the layout.
  Object.assign(one.font._tables, { GSUB: undefined, GPOS: undefined });
  opened.set(file, one);
  return one;
}

const TOKEN = 'hejie-font:';
const nameIn = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/**
 * A font that shares what was decoded of its file with those before it. To decode 30,000 glyphs' tables for each paper took
 * ten times as long as the paper. Only tables are shared: a glyph remembers the text it was met in, and one paper must not
 * know another's.
 */
function SharedFont(this: unknown, { buffer }: { buffer: Uint8Array }): Opened {
  const { bytes, font } = open(nameIn(buffer).slice(TOKEN.length) as FontFile);
  const copy = fontkit.create(bytes);
  copy._tables = font._tables;
  return copy;
}
SharedFont.probe = (bytes: Uint8Array): boolean => nameIn(bytes.subarray(0, TOKEN.length)) === TOKEN;

let isRegistered = false;

/** The fonts as pdfmake reads them: tokens that fontkit turns into `SharedFont`. */
export function fontTokens(): Array<[FontFile, Buffer]> {
  if (!isRegistered) fontkit.registerFormat(SharedFont as unknown as Format);
  isRegistered = true;
  return (Object.keys(fontFiles) as FontFile[]).map((file) => [file, Buffer.from(`${TOKEN}${file}`)]);
}

/** Characters the font cannot print, each once: a rare name is then written in by hand. */
export function missingGlyphs(text: string): string[] {
  const { font } = open('NotoSerifSC-Regular.ttf');
  return [...new Set(text)].filter(
    (one) => !/\s/.test(one) && !font.hasGlyphForCodePoint(one.codePointAt(0) as number),
  );
}

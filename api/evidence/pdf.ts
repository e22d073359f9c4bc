/** How far before the end of the file its end may stand: some scanners write a few bytes behind it. */
const TAIL = 4096;

/**
 * Whether a file that begins as a PDF can be read as one: it has an end (ISO 32000-1, 7.5.5), and where that says the table of its objects
 * is, there is a table, or the object that stands for it.
 */
export function isReadablePdf(content: Buffer): boolean {
  const start = content.indexOf('%PDF-');
  const tail = content.subarray(Math.max(0, content.length - TAIL)).toString('latin1');
  const place = [...tail.matchAll(/startxref\s+(\d+)\s+%%EOF/g)].at(-1)?.[1];
  if (start < 0 || place === undefined) return false;
  // Places are counted from the header, which need not be the first byte.
  return [Number(place), Number(place) + start].some((at) =>
    /^\s*(xref\b|\d+\s+\d+\s+obj\b)/.test(content.subarray(at, at + 32).toString('latin1')),
  );
}

import { inflateRawSync } from 'node:zlib';

/** What a DOCX may be: far more than any paper is, far less than what fills a machine. */
export const docxLimits = { archive: 5_000_000, entries: 300, entry: 8_000_000, total: 24_000_000 } as const;

/** Why a file is not taken for a DOCX. */
export class UnzipError extends Error {
  constructor(
    readonly code: 'not-a-zip' | 'too-large',
    readonly place: string,
  ) {
    super(`${code}: ${place}`);
  }
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

function endRecord(file: Buffer): { count: number; start: number } {
  // The record of 22 bytes is last, before a comment of at most 65535.
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at--)
    if (file.readUInt32LE(at) === END) return { count: file.readUInt16LE(at + 10), start: file.readUInt32LE(at + 16) };
  throw new UnzipError('not-a-zip', 'no end record');
}

/**
 * The entries of a DOCX, never more of them than `docxLimits` lets: what a header says of sizes is not believed, inflating stops
 * at the limit. Throws `UnzipError`; encrypted, split and 64-bit archives are none that Word writes.
 */
export function unzip(file: Buffer): Map<string, Buffer> {
  if (file.length > docxLimits.archive) throw new UnzipError('too-large', `${file.length} bytes`);
  try {
    return readEntries(file);
  } catch (error) {
    if (error instanceof RangeError) throw new UnzipError('not-a-zip', 'cut off');
    throw error;
  }
}

function readEntries(file: Buffer): Map<string, Buffer> {
  const { count, start } = endRecord(file);
  if (count > docxLimits.entries) throw new UnzipError('too-large', `${count} entries`);
  const entries = new Map<string, Buffer>();
  let at = start;
  let total = 0;
  for (let number = 0; number < count; number++) {
    if (file.readUInt32LE(at) !== CENTRAL) throw new UnzipError('not-a-zip', `entry ${number + 1}`);
    const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)];
    const [packed, nameLength] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)];
    const after = file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const local = file.readUInt32LE(at + 42);
    at += 46 + nameLength + after;
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8) || file.readUInt32LE(local) !== LOCAL)
      throw new UnzipError('not-a-zip', name);
    if (name.endsWith('/')) continue;
    if (entries.has(name) || name.includes('..') || name.includes('\\') || name.startsWith('/'))
      throw new UnzipError('not-a-zip', name);
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const body = read(file.subarray(from, from + packed), method, name);
    total += body.length;
    if (total > docxLimits.total) throw new UnzipError('too-large', name);
    entries.set(name, body);
  }
  return entries;
}

function read(packed: Buffer, method: number, name: string): Buffer {
  if (method === 0) {
    if (packed.length > docxLimits.entry) throw new UnzipError('too-large', name);
    return packed;
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: docxLimits.entry });
  } catch (error) {
    const isBomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnzipError(isBomb ? 'too-large' : 'not-a-zip', name);
  }
}

/** Whether two DOCX files hold the same parts; how they were packed may differ from one release of Node to another. */
export function isSameDocx(one: Buffer, other: Buffer): boolean {
  const [left, right] = [unzip(one), unzip(other)];
  return left.size === right.size && [...left].every(([name, body]) => right.get(name)?.equals(body) === true);
}

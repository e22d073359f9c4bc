import * as zlib from 'node:zlib';

/** 1980-01-01 00:00, where the time of a ZIP begins: the same entries give the same bytes, whenever they are written. */
const DATE = 0x21;
/** Names are UTF-8. */
const FLAGS = 0x800;
const [STORED, DEFLATED] = [0, 8];

/** A file in a ZIP. Stored is for what is packed already: a DOCX, a picture. */
export interface ZipEntry {
  name: string;
  body: Buffer;
  stored?: boolean;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value >>> 0;
});

/** Node's own, which is not in the oldest release the project runs on. */
const crc32: (body: Buffer) => number =
  (zlib as { crc32?: (body: Buffer) => number }).crc32 ??
  ((body) => {
    let value = 0xffffffff;
    for (const byte of body) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] as number);
    return (value ^ 0xffffffff) >>> 0;
  });

/** Writes a ZIP piece by piece, without the time of day, the machine or the user in it. */
function zipWriter() {
  const directory: Buffer[] = [];
  let offset = 0;
  return {
    /** The bytes of one entry. */
    add({ name, body, stored = false }: ZipEntry): Buffer[] {
      const packed = stored ? body : zlib.deflateRawSync(body, { level: 6 });
      const title = Buffer.from(name);
      const common = Buffer.alloc(26);
      common.writeUInt16LE(20, 0);
      common.writeUInt16LE(FLAGS, 2);
      common.writeUInt16LE(stored ? STORED : DEFLATED, 4);
      common.writeUInt16LE(DATE, 8);
      common.writeUInt32LE(crc32(body), 10);
      common.writeUInt32LE(packed.length, 14);
      common.writeUInt32LE(body.length, 18);
      common.writeUInt16LE(title.length, 22);
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(offset, 10);
      directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, title]));
      const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, title]);
      offset += head.length + packed.length;
      return [head, packed];
    },
    /** The list of entries, which ends the file. */
    end(): Buffer {
      const list = Buffer.concat(directory);
      const end = Buffer.alloc(22);
      end.write('PK\x05\x06', 'latin1');
      end.writeUInt16LE(directory.length, 8);
      end.writeUInt16LE(directory.length, 10);
      end.writeUInt32LE(list.length, 12);
      end.writeUInt32LE(offset, 16);
      return Buffer.concat([list, end]);
    },
  };
}

/** A ZIP of these entries, in this order; the same entries give the same bytes. */
export function zip(entries: Iterable<[string, Buffer | string]>): Buffer {
  const writer = zipWriter();
  const parts = [...entries].flatMap(([name, content]) => writer.add({ name, body: Buffer.from(content) }));
  return Buffer.concat([...parts, writer.end()]);
}

/** The same, as it comes: never more than one entry is held at a time. A ZIP of this form ends at 4 GB and 65,535 entries. */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const writer = zipWriter();
  for await (const entry of entries) yield* writer.add(entry);
  yield writer.end();
}

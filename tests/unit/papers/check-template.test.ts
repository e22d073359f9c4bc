import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../../../papers/docx/check-template.ts';
import { docxLimits, unzip } from '../../../papers/docx/unzip.ts';
import { zip } from '../../../papers/docx/zip.ts';
import { ownTemplate } from '../../../papers/own-template.ts';
import type { PaperRefusal } from '../../../papers/refusal.ts';

const KIND = 'archiveIndex';
const parts = (): Map<string, Buffer> => unzip(ownTemplate(KIND));

/** The template with a part changed or added. */
function changed(name: string, change: (text: string) => string): Buffer {
  const entries = parts();
  entries.set(name, Buffer.from(change(entries.get(name)?.toString('utf8') ?? '')));
  return zip(entries);
}

const document = (change: (text: string) => string): Buffer => changed('word/document.xml', change);
const written = (text: string): Buffer =>
  document((xml) => xml.replace('<w:sectPr', `<w:p><w:r><w:t>${text}</w:t></w:r></w:p><w:sectPr`));
const related = (relation: string): Buffer =>
  changed('word/_rels/document.xml.rels', (xml) => xml.replace('</Relationships>', `${relation}</Relationships>`));
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function refusals(docx: Buffer): PaperRefusal[] {
  const answer = checkTemplate(KIND, docx);
  return 'refusals' in answer ? answer.refusals : [];
}
const codes = (docx: Buffer): string[] => [...new Set(refusals(docx).map(({ code }) => code))];
const first = (docx: Buffer): PaperRefusal | undefined => refusals(docx)[0];

describe('a template is refused with the reason and the place', () => {
  it('names a field that does not exist, also inside a list, also one that every object has', () => {
    expect(first(written('{salary}'))).toMatchObject({
      ...{ code: 'template-unknown-field', place: 'word/document.xml {salary}', zh: '模板中的字段“salary”不存在。' },
    });
    expect(first(written('{#rows}{salary}{/rows}'))).toMatchObject({ place: 'word/document.xml {salary}' });
    for (const name of ['constructor', '__proto__', 'toString', 'length'])
      expect(codes(written(`{${name}}`)), name).toEqual(['template-unknown-field']);
    // A field of another kind of paper, and one of the paper inside its list, which may be named there.
    expect(codes(written('{endsOn}'))).toEqual(['template-unknown-field']);
    expect(codes(written('{#rows}{caseNo}{/rows}'))).toEqual([]);
  });

  it('has a tag that is not closed, or closed without being opened', () => {
    expect(codes(written('{#rows}'))).toEqual(['template-broken-tag']);
    expect(codes(written('{/rows}'))).toEqual(['template-broken-tag']);
    expect(first(written('{madeOn'))).toMatchObject({
      code: 'template-broken-tag',
      place: expect.stringContaining('madeOn'),
    });
  });

  it('leaves out what the paper must state, naming it and the article', () => {
    const lost = refusals(document((xml) => xml.replace('{title}', '')));
    expect(lost).toEqual([
      expect.objectContaining({
        ...{ code: 'template-content-missing', legalRef: 'POL-01', source: '人社部发〔2022〕71号 第十二条' },
        place: 'word/document.xml {#rows}…{title}',
      }),
    ]);
  });

  it('holds a macro, by the name of a part, by its type or by a relationship', () => {
    const project = parts();
    project.set('word/vbaProject.bin', Buffer.from('x'));
    expect(first(zip(project))).toMatchObject({ code: 'template-macro', place: 'word/vbaProject.bin' });
    const typed = changed('[Content_Types].xml', (xml) =>
      xml.replace(/application\/vnd[^"]*document\.main\+xml/, 'application/vnd.ms-word.document.macroEnabled.main+xml'),
    );
    expect(codes(typed)).toEqual(['template-macro']);
    const hidden = related(
      '<Relationship Id="r9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="data.xml"/>',
    );
    expect(codes(hidden)).toEqual(['template-macro']);
    expect(
      codes(
        document((xml) => xml.replace('<w:sectPr', '<w:p><w:fldSimple w:instr=" MACROBUTTON Run x "/></w:p><w:sectPr')),
      ),
    ).toEqual(['template-macro']);
  });

  it('links to something outside: a picture, a template, a page, a field that fetches', () => {
    for (const [type, target, mode] of [
      ['image', 'https://example.invalid/a.png', ' TargetMode="External"'],
      ['attachedTemplate', 'file:///c:/a.dotm', ' TargetMode="External"'],
      ['hyperlink', 'https://example.invalid/', ' TargetMode="External"'],
      ['image', 'http://example.invalid/a.png', ''],
      ['image', '\\\\server\\share\\a.png', ''],
      ['aFChunk', 'afchunk.htm', ''],
    ] as const)
      expect(
        first(related(`<Relationship Id="r9" Type="${OFFICE}/${type}" Target="${target}"${mode}/>`)),
        target,
      ).toMatchObject({
        ...{ code: 'template-external-link', place: `word/_rels/document.xml.rels ${target}` },
      });
    const field = '<w:p><w:r><w:instrText> INCLUDETEXT "a.docx" </w:instrText></w:r></w:p><w:sectPr';
    expect(codes(document((xml) => xml.replace('<w:sectPr', field)))).toEqual(['template-external-link']);
  });

  it('holds an embedded object', () => {
    const embedded = parts();
    embedded.set('word/embeddings/oleObject1.bin', Buffer.from('x'));
    expect(first(zip(embedded))).toMatchObject({
      code: 'template-embedded-object',
      place: 'word/embeddings/oleObject1.bin',
    });
    expect(codes(related(`<Relationship Id="r9" Type="${OFFICE}/oleObject" Target="a.xml"/>`))).toEqual([
      'template-embedded-object',
    ]);
    expect(codes(document((xml) => xml.replace('<w:sectPr', '<w:p><w:r><w:object/></w:r></w:p><w:sectPr')))).toEqual([
      'template-embedded-object',
    ]);
  });

  it('has words where the PDF would not have them: a header, a picture, a text box', () => {
    const header =
      '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>机关名称</w:t></w:r></w:p></w:hdr>';
    expect(first(changed('word/header1.xml', () => header))).toMatchObject({
      code: 'template-not-printable',
      place: 'word/header1.xml',
    });
    expect(codes(document((xml) => xml.replace('<w:sectPr', '<w:p><w:r><w:drawing/></w:r></w:p><w:sectPr')))).toEqual([
      'template-not-printable',
    ]);
  });

  it('is no DOCX: a text, a cut-off file, a ZIP of something else, broken XML, an entity', () => {
    const docx = ownTemplate(KIND);
    for (const file of [
      ...[Buffer.from(''), Buffer.from('这不是 Word 文档'), docx.subarray(0, docx.length / 2), docx.subarray(200)],
      ...[zip([['a.txt', 'a']]), document((xml) => xml.replace('</w:body>', ''))],
      document((xml) => xml.replace('<w:document', '<!DOCTYPE w [<!ENTITY a "a">]><w:document')),
    ])
      expect(codes(file)).toEqual(['template-not-docx']);
  });

  it('would fill the machine: a bomb that lies about its size, too many parts, too large a file', () => {
    const bomb = zip([...parts(), ['word/bomb.xml', 'a']]);
    const body = deflateRawSync(Buffer.alloc(docxLimits.entry + 1));
    expect(body.length).toBeLessThan(10_000);
    expect(first(withPacked(bomb, body))).toMatchObject({ code: 'template-too-large', place: 'word/bomb.xml' });
    const many = new Map([
      ...parts(),
      ...Array.from({ length: docxLimits.entries }, (_, n): [string, Buffer] => [`a${n}.xml`, Buffer.from('<a/>')]),
    ]);
    expect(codes(zip(many))).toEqual(['template-too-large']);
    expect(codes(Buffer.alloc(docxLimits.archive + 1))).toEqual(['template-too-large']);
    const climbing = parts();
    climbing.set('../a.xml', Buffer.from('<a/>'));
    expect(codes(zip(climbing))).toEqual(['template-not-docx']);
  });
});

describe('a template that an office has edited', () => {
  it('may have its tags cut into runs, as Word does when one types', () => {
    const cut = document((xml) => xml.replace('{caseNo}', '{case</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>No}'));
    expect(codes(cut)).toEqual([]);
  });
});

/** Puts other packed bytes in place of the last part's, leaving the sizes in its headers as they are said to be. */
function withPacked(file: Buffer, packed: Buffer): Buffer {
  const end = file.length - 22;
  const start = file.readUInt32LE(end + 16);
  let at = start;
  while (at + 46 + file.readUInt16LE(at + 28) < end) at += 46 + file.readUInt16LE(at + 28);
  const local = file.readUInt32LE(at + 42);
  const from = local + 30 + file.readUInt16LE(local + 26);
  const head = Buffer.from(file.subarray(0, from));
  const directory = Buffer.from(file.subarray(start, end));
  directory.writeUInt32LE(packed.length, at - start + 20);
  const tail = Buffer.from(file.subarray(end));
  tail.writeUInt32LE(from + packed.length, 16);
  return Buffer.concat([head, packed, directory, tail]);
}

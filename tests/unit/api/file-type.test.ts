import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { typeOf } from '../../../api/evidence/file-type.ts';
import { ProblemError } from '../../../api/problems.ts';
import { readEnv } from '../../../temporal-config/env.ts';
import { smallPdf, smallPng } from '../../support/files.ts';

/** The code of the refusal, or the type that was found. */
const found = async (bytes: Buffer, name = 'x', declared = ''): Promise<string> => {
  try {
    return (await typeOf(bytes, name, declared)).contentType;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
};
const signed = (hex: string, more = 64) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(more)]);

describe('POL-01 the type of a file that goes into the case', () => {
  it('is found in its content, whatever it is called', async () => {
    const docx = await readFile(new URL('../../../papers/templates/failureNotice.docx', import.meta.url));
    expect(await found(smallPdf(), '收据.PDF', 'application/pdf')).toBe('application/pdf');
    expect(await found(smallPdf(), '没有后缀')).toBe('application/pdf');
    expect(await found(smallPdf(), '工资.2026', 'application/octet-stream')).toBe('application/pdf');
    expect(await found(smallPng(), '截图.png', 'image/png')).toBe('image/png');
    expect(await found(signed('ffd8ffe000104a464946'), '照片.JPEG', 'image/jpeg')).toBe('image/jpeg');
    expect(await found(docx, '合同.docx')).toMatch(/wordprocessingml/);
    expect(await found(Buffer.from('#!AMR\n123456'), '录音.amr')).toBe('audio/amr');
    expect(
      await found(signed('0000001866747970 6d703432 000000006d70343269736f6d'.replaceAll(' ', '')), '录像.mp4'),
    ).toBe('video/mp4');
  });

  it('is not the one its name or its sender gives: refused, also where the content is something we take', async () => {
    expect(await found(smallPng(), '合同.pdf')).toBe('file-type-differs');
    expect(await found(smallPng(), '合同', 'application/pdf; charset=x')).toBe('file-type-differs');
    expect(await found(Buffer.from('这不是PDF'), '合同.pdf')).toBe('file-type-differs');
    expect(await found(signed('4d5a9000'), '合同.pdf')).toBe('file-type-differs');
  });

  it('is none that we take: refused', async () => {
    expect(await found(signed('4d5a9000'), '程序.exe')).toBe('file-type-unknown');
    expect(await found(Buffer.from('<script>alert(1)</script>'), 'x.html', 'text/html')).toBe('file-type-unknown');
    // Old Word files may hold macros.
    expect(await found(signed('d0cf11e0a1b11ae1', 1024), '合同.doc')).toBe('file-type-unknown');
  });

  it('is that of a file that can be read: an empty one and a PDF cut off or without a table are refused', async () => {
    const pdf = smallPdf();
    expect(await found(Buffer.alloc(0), '空.pdf')).toBe('file-unreadable');
    expect(await found(pdf.subarray(0, pdf.length - 20), '断.pdf')).toBe('file-unreadable');
    expect(await found(Buffer.from('%PDF-1.4\nnothing else'), '假.pdf')).toBe('file-unreadable');
    const astray = Buffer.from(pdf.toString('latin1').replace(/startxref\n\d+/, 'startxref\n1'), 'latin1');
    expect(await found(astray, '乱.pdf')).toBe('file-unreadable');
    // Some scanners write before the header and behind the end.
    expect(await found(Buffer.concat([pdf, Buffer.from('\n\n')]), '扫描.pdf')).toBe('application/pdf');
  });
});

it('the most that a file may have is for whoever runs it to say, twenty megabytes unless told', () => {
  expect(readEnv({}).mostUploadBytes).toBe(20_000_000);
  expect(readEnv({ HEJIE_UPLOAD_MB: '50' }).mostUploadBytes).toBe(50_000_000);
  for (const wrong of ['0', '1001', 'viele'])
    expect(() => readEnv({ HEJIE_UPLOAD_MB: wrong })).toThrow(/HEJIE_UPLOAD_MB/);
});

/** Files as people bring them: as small as their readers let them be. */

/** A PDF of one empty page, whole. `mark` makes it another file. */
export function smallPdf(mark = ''): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R>>',
  ];
  let text = `%PDF-1.4\n%${mark}\n`;
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${places.join('')}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A PNG of one pixel. */
export const smallPng = (): Buffer =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );

export interface SentFile {
  bytes: Buffer;
  name: string;
  type?: string;
}

/** A file and what is said about it, as a form sends both. */
export function formOf({ bytes, name, type = '' }: SentFile, about: unknown): FormData {
  const form = new FormData();
  form.set('about', typeof about === 'string' ? about : JSON.stringify(about));
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
}

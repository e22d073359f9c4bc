/** The type of a Word document. */
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/**
 * `Content-Disposition` of a file with a Chinese name (RFC 6266): the name in UTF-8 (RFC 5987), and one in ASCII for what does not
 * read that.
 */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const plain = name
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\]/g, '')
    .replace(/-{2,}/g, '-')
    .trim();
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

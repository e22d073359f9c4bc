import { DOMParser } from '@xmldom/xmldom';

/** The widths of the columns of each table, in percent of the page's text, in the order of the tables: HTML does not carry them. */
export function columnWidths(documentXml: Buffer): number[][] {
  const document = new DOMParser().parseFromString(documentXml.toString('utf8'), 'text/xml');
  return [...document.getElementsByTagNameNS('*', 'tblGrid')].map((grid) => {
    const columns = [...grid.getElementsByTagNameNS('*', 'gridCol')].map((column) =>
      Number([...column.attributes].find(({ localName }) => localName === 'w')?.value ?? 0),
    );
    const all = columns.reduce((sum, width) => sum + width, 0);
    return columns.map((width) => (all > 0 ? (100 * width) / all : 100 / columns.length));
  });
}

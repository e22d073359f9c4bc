/**
 * The widths of the columns of each table, in percent of the page's text, in the order of the tables: HTML does not carry them.
 * Read by pattern, since the template was read as XML when it was taken and to do so again costs a tenth of the paper.
 */
export function columnWidths(documentXml: Buffer): number[][] {
  const grids = documentXml.toString('utf8').matchAll(/<w:tblGrid>(.*?)<\/w:tblGrid>/gs);
  return [...grids].map(([, grid = '']) => {
    const columns = [...grid.matchAll(/<w:gridCol\b[^>]*\bw:w="(\d+)"/g)].map(([, width]) => Number(width));
    const all = columns.reduce((sum, width) => sum + width, 0);
    return columns.map((width) => (all > 0 ? (100 * width) / all : 100 / columns.length));
  });
}

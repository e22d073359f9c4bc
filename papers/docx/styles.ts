/** The styles of a paper's paragraphs and tables: one list for the templates, and for what is printed of them. */
export const paragraphStyles = {
  PaperTitle: { name: '文书标题', mark: '#', size: 22, bold: true, align: 'center', before: 6, after: 14 },
  PaperNumber: { name: '文书落款', mark: '>', size: 12, align: 'right', after: 6 },
  PaperPlain: { name: '文书顶格', mark: ':', size: 12 },
  PaperHeading: { name: '文书小标题', mark: '##', size: 13, bold: true, before: 8, after: 2, keepNext: true },
  PaperBody: { name: '文书正文', mark: '', size: 12, indent: true, align: 'both' },
  PaperNote: { name: '文书说明', mark: '*', size: 9, before: 10 },
  PaperCell: { name: '文书表格文字', mark: '|', size: 10.5, line: 1.2 },
  PaperGap: { name: '文书间隔', mark: '|', size: 4, line: 1 },
  PaperSign: { name: '文书签署文字', mark: '~', size: 12, before: 14, keepNext: true },
} as const satisfies Record<string, ParagraphStyle>;

export interface ParagraphStyle {
  name: string;
  /** What begins its lines in `papers/sources`. */
  mark: string;
  /** Points. */
  size: number;
  bold?: boolean;
  align?: 'center' | 'right' | 'both';
  /** Points before and after. */
  before?: number;
  after?: number;
  /** Times the height of a line. */
  line?: number;
  /** The first line begins two characters in. */
  indent?: boolean;
  keepNext?: boolean;
}

export const tableStyles = {
  PaperTable: { name: '文书表格', bordered: true },
  PaperSigns: { name: '文书签署栏', bordered: false },
} as const;

export const lineHeight = 1.5;

/** A4 in points, with the margins of an official paper. */
export const page = { width: 595.28, height: 841.89, top: 85, bottom: 79, left: 79, right: 74 } as const;

import { notUnderstood } from './dates.ts';
import type { PastedText, Span } from './pasted-text.ts';

/** Words of a notice before its list that arrange no day. The long ones are of the notice for 2025, word for word. */
const headWords = [
  ',全文如下:',
  '各省、自治区、直辖市人民政府,国务院各部委、各直属机构:',
  '经国务院批准,',
  '经党中央、国务院批准,',
  '根据2024年11月修订的《全国年节及纪念日放假办法》,自2025年1月1日起,全体公民放假的假日增加2天,其中春节、劳动节各增加1天。',
  '据此对放假调休原则作进一步优化完善,除个别特殊情形外,春节自农历除夕起放假调休8天,国庆节自10月1日起放假调休7天,劳动节放假调休5天,元旦、清明节、端午节、中秋节分别放假调休或连休3天(如逢周三则只在当日放假),国庆节放假如逢中秋节则合并放假8天。',
  '按照上述原则,',
];
const number = /^国办发明电[〔[]\d{4}[〕\]]\d{1,4}号/;

/** Sentences after the list that arrange no day. */
const tailSentences = [
  /^节假日期间,各地区、各部门要妥善安排好值班和安全、保卫(、疫情防控)?等工作,遇有重大突发事件,要按规定及时报告并妥善处置,确保人民群众祥和平安度过节日假期。/,
  /^鼓励单位和个人结合落实带薪年休假等制度,实际形成较长假期,推动错峰出行。/,
];
const tailOpens = /^(节假日期间,|鼓励单位和个人)/;

/** A sentence that is not known is passed over only where it can say nothing of days. */
const speaksOfDays = /[\d天日周休假班节延]/;
/** On the page round a notice: a day together with what becomes of it. */
const arrangesDays =
  /(\d日|周[一二三四五六日]|星期).*(放假|上班|调休|补休|休息|延长)|(放假|上班|调休|补休|休息|延长).*(\d日|周[一二三四五六日]|星期)/;

export const tailBegins = (text: PastedText, at: number): boolean => tailOpens.test(text.squeezed.slice(at, at + 20));

/** Between the title and the list: known words, and what cannot speak of days. */
export function checkHead(text: PastedText, span: Span): void {
  walk(text, span, (rest) => {
    const known = headWords.find((words) => rest.startsWith(words)) ?? number.exec(rest)?.[0];
    return known?.length;
  });
}

/** Between the list and the signature: known sentences, and what cannot speak of days. */
export function checkTail(text: PastedText, span: Span): void {
  walk(text, span, (rest) => tailSentences.map((known) => known.exec(rest)?.[0].length).find((length) => length));
}

/** What was pasted along with the notice may be anything but an arrangement of days. */
export function checkOutside(text: PastedText, span: Span): void {
  let at = span.start;
  for (const piece of text.squeezed.slice(span.start, span.end).split('。')) {
    if (arrangesDays.test(piece))
      text.fault(
        'outside-notice',
        { start: at, end: at + piece.length },
        {
          zh: '在通知之外写到放假或者上班的日子，请只粘贴通知本身。',
          en: 'this stands outside the notice and arranges days: paste the notice alone.',
        },
      );
    at += piece.length + 1;
  }
}

function walk(text: PastedText, span: Span, knownAt: (rest: string) => number | undefined): void {
  for (let at = span.start; at < span.end; ) {
    const rest = text.squeezed.slice(at, span.end);
    const known = knownAt(rest);
    if (known !== undefined) {
      at += known;
      continue;
    }
    const length = (/^[^。:]*[。:]?/.exec(rest)?.[0] ?? rest).length || rest.length;
    const piece = { start: at, end: at + length };
    if (speaksOfDays.test(text.squeezed.slice(piece.start, piece.end))) notUnderstood(text, piece);
    at = piece.end;
  }
}

import type { Bilingual } from '../types.ts';

/** The festivals of a notice (全国年节及纪念日放假办法 2), by their Chinese name. */
const english: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明节: 'Tomb-sweeping Day',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
};

export const isFestival = (name: string): boolean => Object.hasOwn(english, name);

/** `国庆节、中秋节` stand in one item where they fall together. */
export const nameOf = (festivals: readonly string[]): Bilingual => ({
  zh: festivals.join('、'),
  en: festivals.map((name) => english[name] ?? name).join(' and '),
});

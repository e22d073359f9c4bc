import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import { isLegalDay } from '../../domain/time/day.ts';
import { hasName } from '../data.ts';
import { chineseDay } from '../words.ts';

/** A day is printed as people write it; anything else as it is. */
const printed = (value: unknown): unknown => (isLegalDay(value) ? chineseDay(value) : value);

const isEmpty = (value: unknown): boolean => value === undefined || value === '' || value === false;

/**
 * How a name in a template finds its value: among the data's own fields only, never a property that every object has. A list
 * without entries and a text without words are nothing, so that `{#field}…{/field}` leaves its part out.
 */
const parser = (tag: string) => ({
  get(scope: unknown): unknown {
    if (typeof scope !== 'object' || scope === null) return undefined;
    if (Object.hasOwn(scope, tag)) {
      const value = (scope as Record<string, unknown>)[tag];
      return isEmpty(value) ? '' : printed(value);
    }
    const list = Object.entries(scope).find(([name, value]) => Array.isArray(value) && hasName(name) === tag);
    return list === undefined ? undefined : (list[1] as unknown[]).length > 0;
  },
});

function pizzipOf(entries: Map<string, Buffer>): PizZip {
  const packed = new PizZip();
  for (const [name, body] of entries) packed.file(name, body);
  return packed;
}

const options = {
  ...{ paragraphLoop: true, linebreaks: true, stripInvalidXMLChars: true, errorLogging: false, parser },
  nullGetter: () => '',
};

/** A tag as docxtemplater has parsed it; a loop holds those within it. */
interface Part {
  type: string;
  value: string;
  subparsed?: Part[];
}

/** Listens to docxtemplater's parser; its own module for this asks for lodash, which it does not bring. */
function listener() {
  const parsed = new Map<string, Part[]>();
  let file = '';
  return {
    parsed,
    module: {
      name: 'TagsOfTemplate',
      set({ inspect }: { inspect?: { filePath?: string; postparsed?: Part[] } }) {
        file = inspect?.filePath ?? file;
        if (inspect?.postparsed) parsed.set(file, inspect.postparsed);
      },
    },
  };
}

function tagsIn(parts: Part[]): Tags {
  // Without a prototype: a template may name `__proto__`.
  const tags: Tags = Object.create(null);
  for (const { type, value, subparsed } of parts)
    if (type === 'placeholder') tags[value] = { ...tags[value], ...(subparsed ? tagsIn(subparsed) : {}) };
  return tags;
}

/** The names a template uses, each within its list, by the part of the DOCX; throws what docxtemplater throws for a broken tag. */
export function tagsOf(entries: Map<string, Buffer>): Map<string, Tags> {
  const { parsed, module } = listener();
  new Docxtemplater(pizzipOf(entries), { ...options, modules: [module] });
  return new Map([...parsed].map(([part, parts]) => [part, tagsIn(parts)]));
}
export type Tags = { [name: string]: Tags };

/** Fills a template that was checked. The parts keep their order, so that the same data gives the same bytes. */
export function fillDocx(entries: Map<string, Buffer>, data: object): Map<string, Buffer> {
  const document = new Docxtemplater(pizzipOf(entries), options).render(data);
  const filled = document.getZip() as PizZip;
  return new Map(
    [...entries.keys()].map((name) => {
      const file = filled.file(name);
      return [name, file === null ? (entries.get(name) as Buffer) : Buffer.from(file.asUint8Array())];
    }),
  );
}

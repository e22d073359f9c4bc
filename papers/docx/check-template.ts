import { DOMParser, type Document } from '@xmldom/xmldom';
import { namesOf, paperContents } from '../contents.ts';
import { type FieldTree, knownFields } from '../data.ts';
import type { PaperKind } from '../kinds.ts';
import { type PaperRefusal, refusePaper } from '../refusal.ts';
import { type Tags, tagsOf } from './fill.ts';
import { UnzipError, unzip } from './unzip.ts';

/** A template that may be filled: its parts, read once. */
export interface CheckedTemplate {
  kind: PaperKind;
  entries: Map<string, Buffer>;
}

/**
 * Whether a DOCX can be the template of a kind of paper: no macro, no embedded object, nothing fetched from elsewhere, no field
 * the data does not have, every content the law asks for, and nothing that the PDF would leave out. All that is wrong is told, each
 * with its place.
 */
export function checkTemplate(
  kind: PaperKind,
  docx: Buffer,
): { template: CheckedTemplate } | { refusals: [PaperRefusal, ...PaperRefusal[]] } {
  let entries: Map<string, Buffer>;
  try {
    entries = unzip(docx);
  } catch (error) {
    if (!(error instanceof UnzipError)) throw error;
    return { refusals: [notTaken(error)] };
  }
  const parts = readParts(entries);
  if (!(parts instanceof Map)) return { refusals: [parts] };
  const dangerous = [...checkNames(entries), ...checkTypes(parts), ...checkRelations(parts), ...checkParts(parts)];
  const [first, ...rest] = dangerous.length > 0 ? dangerous : checkTags(kind, entries);
  return first === undefined ? { template: { kind, entries } } : { refusals: [first, ...rest] };
}

const notTaken = ({ code, place }: UnzipError): PaperRefusal =>
  code === 'too-large'
    ? refusePaper('template-too-large', '模板文件过大。', 'The template is too large.', { place })
    : notDocx(place);

const notDocx = (place: string): PaperRefusal =>
  refusePaper('template-not-docx', '模板不是 Word 文档（DOCX）。', 'The template is not a DOCX document.', { place });

/** Every XML part, parsed. A part with a document type is none that Word writes, and might name entities. */
function readParts(entries: Map<string, Buffer>): Map<string, Document> | PaperRefusal {
  if (!entries.has('[Content_Types].xml') || !entries.has('word/document.xml')) return notDocx('word/document.xml');
  const parts = new Map<string, Document>();
  for (const [name, body] of entries) {
    if (!/\.(xml|rels)$/i.test(name)) continue;
    const text = body.toString('utf8');
    if (/<!DOCTYPE/i.test(text) || text.includes('\u0000')) return notDocx(name);
    try {
      parts.set(name, new DOMParser({ onError: fail }).parseFromString(text, 'text/xml'));
    } catch {
      return notDocx(name);
    }
  }
  return parts;
}

const fail = (_level: string, message: string): never => {
  throw new Error(message);
};

const macro = (place: string): PaperRefusal =>
  refusePaper('template-macro', '模板含有宏，不予采用。', 'The template holds a macro.', { place });

const embedded = (place: string): PaperRefusal =>
  refusePaper('template-embedded-object', '模板含有嵌入对象，不予采用。', 'The template holds an embedded object.', {
    place,
  });

const outside = (place: string): PaperRefusal =>
  refusePaper('template-external-link', '模板含有外部链接，不予采用。', 'The template links to something outside.', {
    place,
  });

const unprintable = (place: string, zh: string, en: string): PaperRefusal =>
  refusePaper(
    'template-not-printable',
    `模板中的${zh}不会出现在 PDF 中，请改为正文。`,
    `The PDF would leave out ${en}; please put it into the text.`,
    { place },
  );

const checkNames = (entries: Map<string, Buffer>): PaperRefusal[] =>
  [...entries.keys()].flatMap((name) => {
    if (/vba|macrosheets/i.test(name)) return [macro(name)];
    return /(^|\/)(embeddings|activeX|oleObject)/i.test(name) || /\.(bin|exe|dll|ole)$/i.test(name)
      ? [embedded(name)]
      : [];
  });

/** What a part says it is counts, whatever its name. */
const checkTypes = (parts: Map<string, Document>): PaperRefusal[] =>
  elements(parts.get('[Content_Types].xml'), 'Override', 'Default').flatMap((type) => {
    const content = type.getAttribute('ContentType') ?? '';
    const place = `[Content_Types].xml ${type.getAttribute('PartName') ?? type.getAttribute('Extension') ?? ''}`;
    if (/macroEnabled|vbaProject|vbaData/i.test(content)) return [macro(place)];
    return /oleObject|activeX/i.test(content) ? [embedded(place)] : [];
  });

/** Relationships by which a document reaches outside of itself, or into an object. A hyperlink to click is outside, too. */
const checkRelations = (parts: Map<string, Document>): PaperRefusal[] =>
  [...parts]
    .filter(([name]) => name.endsWith('.rels'))
    .flatMap(([name, part]) =>
      elements(part, 'Relationship').flatMap((relation) => {
        const type = relation.getAttribute('Type') ?? '';
        const target = relation.getAttribute('Target') ?? '';
        const place = `${name} ${target}`;
        if (/vbaProject|wordVbaData/i.test(type)) return [macro(place)];
        if (/oleObject|\/package$|control$|activeX/i.test(type)) return [embedded(place)];
        const reaches =
          /^external$/i.test(relation.getAttribute('TargetMode') ?? '') ||
          /^([a-z][a-z0-9+.-]*:|\/\/|\\\\)/i.test(target) ||
          /attachedTemplate|aFChunk|subDocument|frame$/i.test(type);
        return reaches ? [outside(place)] : [];
      }),
    );

/** Fields that fetch or run something, objects inside the text, and what stands where the PDF does not look. */
const checkParts = (parts: Map<string, Document>): PaperRefusal[] =>
  [...parts].flatMap(([name, part]) => {
    if (!name.startsWith('word/')) return [];
    const found = elements(part, 'object', 'control', 'OLEObject').map(({ tagName }) =>
      embedded(`${name} <${tagName}>`),
    );
    const orders = [
      ...elements(part, 'instrText').map(({ textContent }) => textContent ?? ''),
      ...elements(part, 'fldSimple').map((field) => attribute(field, 'instr')),
    ];
    const reaching = orders.flatMap((order) => checkOrder(order, `${name} ${order.trim()}`));
    const pictures = elements(part, 'drawing', 'pict').map(({ tagName }) =>
      unprintable(`${name} <${tagName}>`, '图片、文本框', 'pictures and text boxes'),
    );
    const notes =
      /^word\/(header|footnotes|endnotes|comments)\d*\.xml$/.test(name) && elements(part, 't').some(hasWords)
        ? [unprintable(name, '页眉、脚注、批注', 'headers, foot notes and comments')]
        : [];
    return [...found, ...reaching, ...pictures, ...notes];
  });

/** A field of Word's own that runs something, or fetches it. */
function checkOrder(order: string, place: string): PaperRefusal[] {
  if (/\bMACROBUTTON\b/i.test(order)) return [macro(place)];
  return /\b(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|IMPORT|HYPERLINK|DATABASE)\b/i.test(order)
    ? [outside(place)]
    : [];
}

const hasWords = ({ textContent }: { textContent: string | null }): boolean => (textContent ?? '').trim() !== '';

function checkTags(kind: PaperKind, entries: Map<string, Buffer>): PaperRefusal[] {
  let tags: Map<string, Tags>;
  try {
    tags = tagsOf(entries);
  } catch (error) {
    return brokenTags(error);
  }
  const unknown = [...tags].flatMap(([part, used]) => strangers(used, [knownFields(kind)], part));
  const body = tags.get('word/document.xml') ?? {};
  const lost = paperContents[kind].flatMap((content) =>
    namesOf(content)
      .filter(([name, inner]) => !names(body, name, inner))
      .map(([name, inner]) =>
        refusePaper(
          'template-content-missing',
          `模板没有写入必须载明的内容：${content.title.zh}。`,
          `The template leaves out what the paper must state: ${content.title.en}.`,
          {
            place: `word/document.xml {${inner === undefined ? name : `#${name}}…{${inner}`}}`,
            ...{ legalRef: content.legalRef, source: content.source },
          },
        ),
      ),
  );
  return [...unknown, ...lost];
}

/** Whether a name is used at all, at any depth: `{#facts}{matter}{/facts}` holds `matter`. */
const names = (tags: Tags, name: string, inner?: string): boolean =>
  Object.entries(tags).some(
    ([tag, within]) => (tag === name && (inner === undefined || names(within, inner))) || names(within, name, inner),
  );

/** Names that neither the list they stand in nor the paper has. */
function strangers(tags: Tags, scopes: FieldTree[], part: string): PaperRefusal[] {
  return Object.entries(tags).flatMap(([tag, within]) => {
    const owner = scopes.find((scope) => Object.hasOwn(scope, tag));
    if (owner === undefined)
      return [
        refusePaper(
          'template-unknown-field',
          `模板中的字段“${tag}”不存在。`,
          `The template names a field that does not exist: "${tag}".`,
          {
            place: `${part} {${tag}}`,
          },
        ),
      ];
    return strangers(within, [owner[tag] as FieldTree, ...scopes], part);
  });
}

/** What docxtemplater says of tags it cannot read: one error, or many in one. */
function brokenTags(error: unknown): PaperRefusal[] {
  const { properties } = error as { properties?: { errors?: unknown[]; id?: string; xtag?: string; file?: string } };
  if (properties === undefined) throw error;
  if (properties.errors !== undefined) return properties.errors.flatMap(brokenTags);
  const { id = 'tag', xtag = '', file = 'word/document.xml' } = properties;
  return [
    refusePaper(
      'template-broken-tag',
      `模板中的标记“${xtag}”不完整。`,
      `A tag of the template is broken: "${xtag}" (${id}).`,
      {
        place: `${file} {${xtag}}`,
      },
    ),
  ];
}

const elements = (part: Document | undefined, ...localNames: string[]) =>
  part === undefined ? [] : localNames.flatMap((name) => [...part.getElementsByTagNameNS('*', name)]);

const attribute = (
  element: { attributes: Iterable<{ localName: string | null; value: string }> },
  name: string,
): string => [...element.attributes].find(({ localName }) => localName === name)?.value ?? '';

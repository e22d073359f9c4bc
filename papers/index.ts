export {
  checkContents,
  type LocalContent,
  missingContents,
  type PaperContent,
  paperContents,
  parseData,
} from './contents.ts';
export { knownFields, type PaperData, type PaperInput, paperData } from './data.ts';
export { checkTemplate } from './docx/check-template.ts';
export { UnzipError, unzip } from './docx/unzip.ts';
export { type ZipEntry, zip, zipStream } from './docx/zip.ts';
export * from './fill/index.ts';
export { type PaperKind, paperKindNames, paperKinds } from './kinds.ts';
export { type MadePaper, makePaper, type PaperFile, type PaperOrder } from './make-paper.ts';
export { ownTemplate } from './own-template.ts';
export { type PaperRefusal, type PaperRefusalCode, paperRefusalCodes } from './refusal.ts';
export { sampleData } from './sample.ts';

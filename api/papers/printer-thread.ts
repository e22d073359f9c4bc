import { makePaper, type PaperKind, type PaperOrder } from '../../papers/index.ts';

/** What a thread of the printer does with an order. */
export default function make<K extends PaperKind>({ template, ...order }: PaperOrder<K>) {
  return makePaper({ ...order, ...(template === undefined ? {} : { template: Buffer.from(template) }) });
}

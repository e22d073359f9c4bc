import { z } from '@hono/zod-openapi';
import { parseLocatedJson } from '../../rules/located-json.ts';
import { problem } from '../problems.ts';
import { parse } from '../request.ts';
import { placesOf } from './places.ts';

/** The `document` of a body, read with its lines. */
export const readDocument = <S extends z.ZodType>(schema: S, text: string): z.output<S> =>
  parse(z.looseObject({ document: schema }), readPlainly(text)).document as z.output<S>;

/** JSON that says one thing: a key that stands twice, or a text that breaks off, is refused with its place. */
export function readPlainly(text: string): unknown {
  const { value, faults } = parseLocatedJson(text);
  if (faults.length > 0)
    throw problem('release-invalid', { errors: placesOf(faults.map((fault) => ({ file: 'document', ...fault }))) });
  return value;
}

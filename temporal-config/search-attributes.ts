import type { Connection } from '@temporalio/client';
import { searchAttributes } from './dev-server.ts';

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1, whose CommonJS package gives Node no named exports. */
const KEYWORD = 2;

/**
 * Registers the search attributes on a server that has not got them: a dev server gets them at its start, somebody
 * else's server here. Throws what the server answers, for example where the account may not.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.keys(searchAttributes).filter((name) => customAttributes?.[name] === undefined);
  if (missing.length > 0)
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
    });
  return missing;
}

import { createRequire } from 'node:module';
import type { History } from '@temporalio/common/lib/proto-utils';

/**
 * Histories as files. `historyToJSON` of the SDK cannot be used: its JSON serializer comes with another protobufjs than its messages.
 * The package is CommonJS whose names Node cannot see, hence `require`.
 */
const { temporal } = createRequire(import.meta.url)('@temporalio/proto') as typeof import('@temporalio/proto');
const message = temporal.api.history.v1.History;

/** One event a line, so that a change can be read. */
export function historyText(history: History): string {
  const plain = message.toObject(message.fromObject(history), { enums: String, longs: String, bytes: String });
  const lines = (plain.events as unknown[]).map((event) => JSON.stringify(event));
  return `{"events":[\n${lines.join(',\n')}\n]}\n`;
}

/** Reads what `historyText` wrote. */
export const historyOf = (text: string): History => message.fromObject(JSON.parse(text) as Record<string, unknown>);

/** Everything a history holds, payloads in clear. */
export function clearText(text: string): string {
  return text.replace(/"data":"([A-Za-z0-9+/=]*)"/g, (_, data: string) => Buffer.from(data, 'base64').toString('utf8'));
}

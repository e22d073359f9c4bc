/** One sentence in the two languages a person here may read. */
export type Text = { readonly zh: string; readonly en: string };

export type StartErrorCode =
  | 'bad-environment'
  | 'port-in-use'
  | 'data-dir-in-use'
  | 'temporal-not-found'
  | 'temporal-failed'
  | 'postgres-failed'
  | 'mail-failed'
  | 'process-failed';

/** Something that keeps the system from starting and that the reader can put right: printed as it is, without a stack. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
  readonly code: StartErrorCode;
  readonly text: Text;

  constructor(code: StartErrorCode, text: Text, options?: ErrorOptions) {
    super(`${text.zh}\n${text.en}`, options);
    this.code = code;
    this.text = text;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

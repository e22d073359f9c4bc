const ANSWER_MS = 10_000;

/** A system that is told things over HTTP: where, and how a message to it is signed. */
export interface SignedTarget {
  url: string;
  sign(id: string, body: string): Record<string, string>;
}

/** Posts a signed message and says with what status it was answered. Throws where there was no answer, also no answer in time. */
export async function postSigned({ url, sign }: SignedTarget, id: string, message: unknown): Promise<number> {
  const body = JSON.stringify(message);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sign(id, body) },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  await answer.body?.cancel();
  return answer.status;
}

export const isOk = (status: number): boolean => status >= 200 && status < 300;

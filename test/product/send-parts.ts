import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Calls below /v1/uploads. */
export function apiCalls(api: string, privateKey: string) {
  const authorization = `Basic ${btoa(`${privateKey}:`)}`;
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${api}/v1/uploads${path}`, {
      ...{ method, headers, body: body === undefined ? null : JSON.stringify(body) },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${text}`);
    // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects
    return JSON.parse(text) as any;
  };
  return { call };
}

/** Sends the parts of an upload that are missing, one by one, and prints a line for each. */
async function sendMissing(api: string, privateKey: string, uploadId: string, file: string): Promise<void> {
  const { call } = apiCalls(api, privateKey);
  const bytes = await readFile(file);
  const { missing, partSize } = await call('GET', `/${uploadId}`);
  for (const number of missing as readonly number[]) {
    const part = bytes.subarray((number - 1) * partSize, number * partSize);
    const sha256 = createHash('sha256').update(part).digest('base64');
    const { parts } = await call('POST', `/${uploadId}/parts`, { parts: [{ number, sha256 }] });
    const { status } = await fetch(parts[0].url, { method: 'PUT', headers: parts[0].headers, body: part });
    if (status !== 200) throw new Error(`Part ${number} was answered ${status}.`);
    console.log(number);
  }
}

if (import.meta.main) {
  const [api = '', privateKey = '', uploadId = '', file = ''] = process.argv.slice(2);
  await sendMissing(api, privateKey, uploadId, file);
}

import { NotReached } from './deployment.ts';

/** The API, as the owner calls it. */
export interface Library {
  /** @returns the answer's JSON. @throws NotReached unless the status is one of 2xx */
  readonly call: <Answer>(method: string, path: string, json?: unknown) => Promise<Answer>;
  /** Stores a file under a name of its own, over what is there. */
  readonly upload: (fileName: string, bytes: Uint8Array<ArrayBuffer>) => Promise<UploadedFile>;
}

export interface UploadedFile {
  readonly fileId: string;
  readonly filePath: string;
}

export function library(baseUrl: string, privateKey: string): Library {
  const authorization = `Basic ${Buffer.from(`${privateKey}:`).toString('base64')}`;
  const send = async <Answer>(path: string, init: RequestInit): Promise<Answer> => {
    const headers = { ...init.headers, authorization };
    const answer = await fetch(`${baseUrl}${path}`, { ...init, headers }).catch((error: Error) => {
      throw new NotReached(`The API did not answer: ${error.message}`);
    });
    const text = await answer.text();
    if (!answer.ok) throw new NotReached(`${init.method} ${path} was answered ${answer.status}: ${text.slice(0, 300)}`);
    return text === '' ? (undefined as Answer) : JSON.parse(text);
  };
  return {
    call: (method, path, json) =>
      send(path, {
        method,
        ...(json !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
      }),
    upload: (fileName, bytes) => {
      const body = new FormData();
      body.set('file', new Blob([bytes]), fileName);
      body.set('fileName', fileName);
      body.set('useUniqueFileName', 'false');
      return send('/api/v1/files/upload', { method: 'POST', body });
    },
  };
}

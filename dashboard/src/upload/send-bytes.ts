import { Failure } from '../api/failure.ts';

export interface BytesToSend {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob | FormData;
  /** Told how many bytes have left. */
  readonly progress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** Sends with progress, which `fetch` does not tell. @returns what is answered. @throws Failure, or the signal's reason */
export function sendBytes({ method, url, headers, body, progress, signal }: BytesToSend): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => (request.status < 300 ? resolve(request.responseText) : reject(refusalOf(request)));
    request.onerror = () => reject(new Failure('offline', 0, 'No answer'));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    request.send(body);
  });
}

/** The API answers JSON, the storage does not. */
function refusalOf({ status, statusText, responseText }: XMLHttpRequest): Failure {
  try {
    const { code, message } = JSON.parse(responseText) as { readonly code: string; readonly message: string };
    return new Failure(code, status, message);
  } catch {
    return new Failure('internal', status, statusText);
  }
}

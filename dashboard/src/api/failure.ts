/** A refusal of the API, or a call that got no answer. */
export class Failure extends Error {
  /** The API's own code, such as `file.missing`; `offline` when nothing came back. */
  readonly code: string;
  /** HTTP status; 0 when nothing came back. */
  readonly status: number;
  /** Milliseconds after which the API will take the same call. @default it does not say */
  readonly wait: number | undefined;

  constructor(code: string, status: number, message: string, wait?: number) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.status = status;
    this.wait = wait;
  }
}

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** What a call answered, with the answer itself for its headers. @throws Failure */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<{ data: Data; response: Response }> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new Failure('offline', 0, 'No answer');
  });
  if (response.ok) return { data: data as Data, response };
  const { code = 'internal', message = response.statusText } = (error ?? {}) as { code?: string; message?: string };
  const wait = response.headers.get('retry-after-ms');
  throw new Failure(code, response.status, message, wait === null ? undefined : Number(wait));
}

/** What a call answered. @throws Failure */
export const dataOf = async <Data>(call: Promise<Answer<Data>>): Promise<Data> => (await answerOf(call)).data;

/** Whether the same call may well succeed a moment later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Failure && (error.status === 0 || error.status === 429 || error.status >= 500);

import type { Readable } from 'node:stream';

/** The outcome of an invocation whose answer is one JSON text. */
export interface Invocation {
  /** The answer's JSON, or the error object `{errorType, errorMessage, trace?}` when `functionError` is set. */
  readonly payload: Buffer;
  /** `Unhandled` when the handler threw, ran out of time or memory, or its process died. */
  readonly functionError?: string;
  /** The event was larger than Lambda takes; the function was not run (RequestTooLargeException, 413). */
  readonly tooLarge?: true;
  /** Too many invocations were waiting; the function was not run (TooManyRequestsException, 429). */
  readonly throttled?: true;
  /** The caller went away while it waited; the function was not run. */
  readonly withdrawn?: true;
}

/** The outcome of a streaming handler, from the moment its metadata is known. */
export interface StreamedInvocation {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /**
   * Bytes as the handler writes them. Ends with an error when the handler fails midway, its process dies or the limit of
   * streamed answers is passed. Destroying it does not stop the function, as in AWS.
   */
  readonly body: Readable;
}

import type { Invocation } from './invocation.ts';
import { LAMBDA_LIMITS } from './limits.ts';

/** The error objects that Lambda itself makes; those of a throwing handler come from the runtime client. */
function failure(errorType: string, errorMessage: string): Invocation {
  return { payload: Buffer.from(JSON.stringify({ errorType, errorMessage })), functionError: 'Unhandled' };
}

export function timedOut(requestId: string, seconds: number): Invocation {
  return failure(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  );
}

export function outOfMemory(requestId: string): Invocation {
  return failure('Runtime.OutOfMemory', `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`);
}

/** @param signal name as Node gives it, for example `SIGKILL` */
export function exited(requestId: string, code: number | null, signal: NodeJS.Signals | null): Invocation {
  return failure('Runtime.ExitError', `RequestId: ${requestId} Error: ${exitReason(code, signal)}`);
}

export function responseTooLarge(bytes: number, limit: number = LAMBDA_LIMITS.responseBytes): Invocation {
  return failure(
    'Function.ResponseSizeTooLarge',
    `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${limit} bytes).`,
  );
}

export function requestTooLarge(bytes: number): Invocation {
  const limit = LAMBDA_LIMITS.requestBytes;
  const message = `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${limit} bytes)`;
  return { ...failure('RequestEntityTooLargeException', message), tooLarge: true };
}

export function throttled(): Invocation {
  return { ...failure('TooManyRequestsException', 'Rate Exceeded.'), throttled: true };
}

/** Nobody waits for the answer any longer. */
export function withdrawn(): Invocation {
  return { ...failure('ClientGone', 'The caller went away before the function was run.'), withdrawn: true };
}

/** A function that is being shut down takes no more invocations. */
export function closed(): Invocation {
  return failure('ServiceException', 'The function is shutting down.');
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal) return `Runtime exited with error: signal: ${SIGNAL_WORDS[signal] ?? signal}`;
  return code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason';
}

/** Lambda prints signals as Go does. */
const SIGNAL_WORDS: Partial<Record<NodeJS.Signals, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

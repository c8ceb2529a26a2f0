import type { Report } from '../core/kernel/report.ts';

/**
 * Writes a failure as one line of JSON. The line names the request, not the client: no query, header or address is in
 * it, because signatures, keys and people would then be in the logs.
 */
export function reporter(requestId: string): Report {
  return (event, error) => {
    console.error(JSON.stringify({ level: 'ERROR', event, requestId, error: describe(error) }));
  };
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause !== undefined && { cause: String(cause) }) };
}

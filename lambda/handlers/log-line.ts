/** Members of a line, beside its event. */
export type LogFields = Readonly<Record<string, unknown>>;

type Level = 'error' | 'warn' | 'info';

/**
 * Writes one line of a function's log. It is handed over as an object, which Lambda's JSON format keeps: Logs Insights finds
 * `message.event` (AWS, "Log and monitor Node.js Lambda functions"). Lambda adds time, level and the invocation's `requestId`. No
 * query, header, address or name of a person may be a member, because whoever reads logs would read signatures and people.
 */
export function logLine(level: Level, event: string, fields: LogFields = {}): void {
  console[level]({ event, ...fields });
}

/** The id under which the CDN logs a request, from the headers that it sends to its origins (AWS, "Request and response behavior"). */
export function cdnRequestOf(headers: Readonly<Record<string, string | undefined>>): {
  readonly cdnRequestId?: string;
} {
  const id = headers['x-amz-cf-id'];
  return id !== undefined && /^[\w=-]{1,100}$/.test(id) ? { cdnRequestId: id } : {};
}

/** Writes one line about a failure that nobody else is told of. It has no header, query or body: those hold secrets. */
export function reportFailure(message: string, error: unknown, details: Readonly<Record<string, string>> = {}): void {
  const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(JSON.stringify({ level: 'ERROR', service: 's3', message, ...details, failure }));
}

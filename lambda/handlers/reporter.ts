import type { Report } from '../core/kernel/report.ts';
import type { LogFields } from './log-line.ts';
import { logLine } from './log-line.ts';

/** Writes failures into the function's log. @param about what each line has beside the failure */
export function reporter(about: LogFields = {}): Report {
  return (event, error) => logLine('error', event, { ...about, error: describe(error) });
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause !== undefined && { cause: String(cause) }) };
}

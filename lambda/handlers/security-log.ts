import type { RefusedAttempt } from '../core/audit/refused-attempts.ts';
import { logLine } from './log-line.ts';

/** Writes a refused attempt into the log. */
export function logRefusal({ code, caller }: RefusedAttempt): void {
  logLine('warn', 'attempt-refused', { code, caller });
}

import type { RefusedAttempt } from '../core/audit/refused-attempts.ts';

/** Writes refused attempts into the log, a line each; the line names the request and no address. */
export function securityLog(requestId: string) {
  return ({ code, caller }: RefusedAttempt): void => {
    console.warn(JSON.stringify({ level: 'WARN', event: 'attempt-refused', requestId, code, caller }));
  };
}

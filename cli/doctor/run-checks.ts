import type { Check, DoctorDeps, Verdict } from './check.ts';
import { failed } from './check.ts';
import type { Finding } from './report.ts';

/** One after the other: some change what others look at. */
export async function runChecks(
  checks: readonly Check[],
  deps: DoctorDeps,
  onBegin: (check: Check) => void,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    onBegin(check);
    findings.push({ check, verdict: await verdictOf(check, deps) });
  }
  return findings;
}

async function verdictOf(check: Check, deps: DoctorDeps): Promise<Verdict> {
  try {
    return await check.run(deps);
  } catch (error) {
    const { name, message } = error as Error;
    return failed('an error', `${name}: ${message.replace(/\s+/g, ' ')}`);
  }
}

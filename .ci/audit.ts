import { spawnSync } from 'node:child_process';
import { shippedPackages } from '../lib/bundling/shipped-packages.ts';
import { PROJECT_ROOT } from '../lib/vitrine-context.ts';

/*
 * Asks npm's registry what is known against the locked packages. Exit codes: 0 nothing high against what is deployed, 1 something, 2 the
 * registry did not answer, so that nobody knows.
 */

/** Parts of what `npm audit --json` prints (npm Docs, "npm audit"), or its error. */
interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (string | Advisory)[] }>>;
  readonly message?: string;
}

interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
  readonly range: string;
}

const GRAVE = ['high', 'critical'];

/** @throws when the registry gave no report */
function advisoriesIn(folder: string): Advisory[] {
  const { stdout, error } = spawnSync('npm', ['audit', '--json'], {
    ...{ cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000 },
  });
  const { vulnerabilities, message }: Report = JSON.parse(stdout || '{}');
  if (!vulnerabilities)
    throw new Error(`The registry did not answer: ${message ?? error?.message ?? 'it said nothing'}`);
  return Object.values(vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== 'string'));
}

function audit(): number {
  const shipped = new Set(shippedPackages(PROJECT_ROOT));
  const found = [PROJECT_ROOT, `${PROJECT_ROOT}/lambda/sharp-layer`].flatMap(advisoriesIn);
  const lines = new Map(
    found.map((one) => [`${one.name} ${one.range}: ${one.severity}, ${one.title} ${one.url}`, one]),
  );
  const grave = [...lines].filter(([, { name, severity }]) => shipped.has(name) && GRAVE.includes(severity));
  for (const [line, { name }] of lines) console.log(`${shipped.has(name) ? 'deployed' : 'for development'}: ${line}`);
  console.log(`${lines.size} advisories, ${grave.length} of them high against what is deployed.`);
  return grave.length > 0 ? 1 : 0;
}

try {
  process.exitCode = audit();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

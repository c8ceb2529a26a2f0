import { spawnSync } from 'node:child_process';
import { ENVIRONMENT } from '../lambda/contract/environment.ts';
import { median, table } from './measure.ts';

const RUNS = 11;

/**
 * CPU and wall time to import what a cold function imports: the transformer's bundle as deployed, sharp alone, and an
 * empty module, each in fresh processes of the same Node, in turn.
 */
export function handlerStart(bundle: string): string {
  const contenders = [
    { name: 'empty module', module: 'data:text/javascript,' },
    { name: 'sharp alone', module: import.meta.resolve('sharp') },
    { name: 'transformer as bundled', module: `file://${bundle}` },
  ].map((contender) => ({ ...contender, cpu: [] as number[], wall: [] as number[] }));
  for (let run = 0; run < RUNS; run++) {
    for (const contender of contenders) {
      const { cpu, wall } = importOnce(contender.module, ENVIRONMENT);
      contender.cpu.push(cpu);
      contender.wall.push(wall);
    }
  }
  return table(
    ['import, in a fresh process', 'CPU ms', 'wall ms'],
    contenders.map(({ name, cpu, wall }) => [name, median(cpu).toFixed(1), median(wall).toFixed(1)]),
  );
}

/** Its region is read from it. */
const SECRET = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:bench';

/** Variables that may be missing, and mean then what most deployments have. */
const MAY_BE_MISSING = [
  ...['remoteAllow', 'typePolicy', 'defaultVisibility', 'embeddedFields', 'encodingBudget'],
  ...['spendCeiling', 'overCeiling', 'people'],
] as const;

const PROBE = `
globalThis.awslambda = { streamifyResponse: (handler) => handler, HttpResponseStream: {} };
const began = performance.now();
const before = process.cpuUsage();
await import(process.env.BENCH_MODULE);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() - began }));
process.exit(0);`;

/** Imports a module in a fresh process that has every variable which handlers need. Milliseconds. */
export function importOnce(module: string, names: Readonly<Record<string, string>>): { cpu: number; wall: number } {
  const missing = MAY_BE_MISSING.map((one) => names[one]);
  const given = Object.values(names).filter((name) => !missing.includes(name));
  const environment = Object.fromEntries(
    given.map((name) => [name, name === names.credentialsSecret ? SECRET : 'bench']),
  );
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', PROBE], {
    encoding: 'utf8',
    env: {
      ...environment,
      BENCH_MODULE: module,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    },
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as { cpu: number; wall: number };
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts, Proof, Sizes } from './proof.ts';

const ROOT = join(import.meta.dirname, '..');
const RESULTS = 'docs/proofs';

export interface Result {
  readonly commit: string;
  readonly seed: number;
  readonly parameters: Sizes;
  readonly counts: Counts;
  readonly seconds: number;
}

/** The commit that is run, and whether files differ from it; results themselves do not count. */
export function revision(): string {
  const commit = git('rev-parse', '--short=12', 'HEAD');
  const changed = git('status', '--porcelain', '--', '.', `:!${RESULTS}`);
  return changed ? `${commit} with changes` : commit;
}

/** Adds the result of a full run that holds to the proof's page. */
export function keepResult(proof: Proof, result: Result, now = new Date(), folder = join(ROOT, RESULTS)): void {
  const file = join(folder, `${proof.name}.md`);
  mkdirSync(folder, { recursive: true });
  const page = existsSync(file) ? readFileSync(file, 'utf8') : head(proof);
  writeFileSync(file, `${page}${row(result, now)}\n`);
}

const head = ({ name, sentence }: Proof): string => `# ${name}

${sentence}

    npm run proof -- ${name} --full

Every run of the full size that held, oldest first. The source is \`proofs/${name}.ts\`.

| date (UTC) | commit | seed | size | counted | seconds |
| --- | --- | --- | --- | --- | ---: |
`;

function row({ commit, seed, parameters, counts, seconds }: Result, now: Date): string {
  const date = now.toISOString().slice(0, 16).replace('T', ' ');
  const cells = [date, commit, seed, listed(parameters), listed(counts), seconds.toFixed(0)];
  return `| ${cells.join(' | ')} |`;
}

const listed = (numbers: Sizes): string =>
  Object.entries(numbers)
    .map(([what, count]) => `${what}: ${count}`)
    .join(', ');

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
  return stdout.trim();
}

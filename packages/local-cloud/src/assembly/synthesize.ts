import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { guardProcess } from '../processes/process-guard.ts';
import { StartFault } from '../start-fault.ts';
import { fingerprint } from './fingerprint.ts';

/** Assemblies kept for the next start; older ones are removed. */
const KEPT = 3;

/** A synthesis that is older has ended, or was killed. */
const DRAFT_MILLISECONDS = 3_600_000;

/**
 * Beside cdk.json. Guards run in `npm run synth` and in the tests, not at every start. The layer for Lambda's processor
 * is not built, which would need the network: functions find this machine's sharp as they would find the layer's.
 */
const CONTEXT = {
  'vitrine:guards': 'off',
  'vitrine:sharp-layer': 'placeholder',
  'aws:cdk:enable-asset-metadata': true,
};

/**
 * Synthesizes the CDK app, or finds the assembly that the same sources gave before. Assemblies lie below `node_modules`,
 * where the functions in them find its packages.
 * @param root the repository
 * @returns the assembly's folder
 * @throws StartFault with what the CDK said
 */
export async function synthesize(root: string): Promise<string> {
  const assemblies = join(root, 'node_modules', '.cache', 'vitrine', 'assembly');
  const folder = join(assemblies, fingerprint(root, CONTEXT));
  if (isFinished(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    await runApp(root, draft);
    // Another start may have been faster; its assembly is as good.
    if (!isFinished(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  removeOld(assemblies, folder);
  return folder;
}

/** The folder gets its name only when everything is in it. */
function isFinished(folder: string): boolean {
  return existsSync(join(folder, 'manifest.json'));
}

async function runApp(root: string, outputFolder: string): Promise<void> {
  const app = spawn(process.execPath, [join(root, 'bin', 'vitrine.ts')], {
    cwd: root,
    env: {
      ...process.env,
      CDK_OUTDIR: outputFolder,
      CDK_CONTEXT_JSON: JSON.stringify(localContext(root)),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  guardProcess(app, 'process');
  let said = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(app, 'close')) as [number | null];
  if (code !== 0) throw new StartFault(`The CDK app could not be synthesized: ${essence(said)}`);
}

/** The owner's own host is for the deployment; here media are on localhost. */
function localContext(root: string): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const { mediaDomain: _, ...vitrine } = (context.vitrine ?? {}) as Record<string, unknown>;
  return { ...context, vitrine, ...CONTEXT };
}

/** What a program said, without the places in its code where it said it. */
function essence(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js v\d/.test(line));
  const error = lines.findIndex((line) => /^\w*Error\b/.test(line));
  return lines.slice(Math.max(0, error)).join('\n') || 'it ended without a word.';
}

function removeOld(assemblies: string, current: string): void {
  const others = readdirSync(assemblies)
    .map((name) => join(assemblies, name))
    .filter((folder) => folder !== current)
    .map((folder) => ({ folder, made: statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.made - a.made);
  const finished = others.filter(({ folder }) => !isDraft(folder));
  const abandoned = others.filter(({ folder, made }) => isDraft(folder) && made < Date.now() - DRAFT_MILLISECONDS);
  for (const { folder } of [...finished.slice(KEPT - 1), ...abandoned])
    rmSync(folder, { recursive: true, force: true });
}

/** Named after the process that makes it. */
function isDraft(folder: string): boolean {
  return /\.\d+$/.test(folder);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { guardProcess } from '../processes/process-guard.ts';
import { StartFault } from '../start-fault.ts';
import { isInUse, leaveAssembly, useAssembly } from './assembly-users.ts';
import { fingerprint } from './fingerprint.ts';

/** A CDK app and what decides its assembly. */
export interface CdkApp {
  /** Folder with `cdk.json`. Every other path is relative to it. */
  readonly root: string;
  /** The script that writes the assembly. */
  readonly script: string;
  /** Files and folders that a synthesis reads. The assembly is made again when one of them changes. */
  readonly inputs: readonly string[];
  /** Folder for assemblies. Below `node_modules`, functions find the app's packages. */
  readonly cache: string;
  /** The context for this machine, from the one in `cdk.json`. @default as it is */
  readonly context?: (context: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

type Context = Readonly<Record<string, unknown>>;

/** Assemblies left for the next start; older ones are removed, unless a process runs them. */
const REMEMBERED = 3;

/** A synthesis that is older has ended, or was killed. */
const DRAFT_MILLISECONDS = 3_600_000;

/**
 * Synthesizes the CDK app, or finds the assembly that the same sources gave before.
 * @returns the assembly's folder
 * @throws StartFault with what the CDK said
 */
export async function synthesize(app: CdkApp): Promise<string> {
  const assemblies = join(app.root, app.cache);
  const context = contextOf(app);
  const folder = join(assemblies, fingerprint(app.root, app.inputs, context));
  if (isFinished(folder) && useAssembly(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  makeDraft(draft);
  try {
    await runApp(app, draft, context);
    // Another start may have been faster; its assembly is as good.
    if (!isFinished(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  useAssembly(folder);
  removeOld(assemblies, folder);
  return folder;
}

function makeDraft(draft: string): void {
  try {
    mkdirSync(draft, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StartFault(
      `The cloud assembly cannot be written to ${draft} (${code}). Make room or change the folder's rights: functions find their packages above it.`,
      { cause },
    );
  }
}

/** The folder gets its name only when everything is in it. */
function isFinished(folder: string): boolean {
  return existsSync(join(folder, 'manifest.json'));
}

/** Templates name the folders of code only when asset metadata are on. */
function contextOf({ root, context: forThisMachine = (context) => context }: CdkApp): Context {
  const { context = {} } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { readonly context?: Context };
  return { ...forThisMachine(context), 'aws:cdk:enable-asset-metadata': true };
}

async function runApp({ root, script }: CdkApp, outputFolder: string, context: Context): Promise<void> {
  const app = spawn(process.execPath, [join(root, script)], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: outputFolder, CDK_CONTEXT_JSON: JSON.stringify(context) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  guardProcess(app, 'process');
  let said = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(app, 'close')) as [number | null];
  if (code !== 0) throw new StartFault(`The CDK app could not be synthesized: ${essence(said)}`);
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
  for (const { folder } of others) leaveAssembly(folder);
  const finished = others.filter(({ folder }) => !isDraft(folder));
  const abandoned = others.filter(({ folder, made }) => isDraft(folder) && made < Date.now() - DRAFT_MILLISECONDS);
  const unused = finished.slice(REMEMBERED - 1).filter(({ folder }) => !isInUse(folder));
  for (const { folder } of [...unused, ...abandoned]) rmSync(folder, { recursive: true, force: true });
}

/** Named after the process that makes it. */
function isDraft(folder: string): boolean {
  return /\.\d+$/.test(folder);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const FUNCTION_MODULE = pathToFileURL('packages/local-cloud/src/services/lambda/function.ts').href;
const GUARD_MODULE = pathToFileURL('packages/local-cloud/src/processes/process-guard.ts').href;

let folder: string;
let parent: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-cloud-guard-'));
});

afterEach(async () => {
  parent?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Starts a program that prints process ids, one a line. */
async function start(source: string, ids: number): Promise<number[]> {
  const file = join(folder, 'parent.mjs');
  await writeFile(file, source);
  parent = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const printed: number[] = [];
  for await (const line of createInterface({ input: parent.stdout as Readable })) {
    printed.push(Number(line));
    if (printed.length === ids) break;
  }
  return printed;
}

/** False also for a process that is dead but not yet collected by its new parent. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

test('functions end with a parent that was killed: idle, in an endless loop, and what they started themselves', async () => {
  const code = `
    import { spawn } from 'node:child_process';
    export const handler = async ({ loop }) => {
      if (!loop) return process.pid;
      const own = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      console.log('pid', process.pid, own.pid);
      for (const end = Date.now() + 60_000; Date.now() < end; );
    };`;
  await writeFile(join(folder, 'index.mjs'), code);
  const pids = await start(
    `import { LambdaFunction } from '${FUNCTION_MODULE}';
    const log = (line) => line.includes('pid') && line.match(/\\d+ \\d+$/)[0].split(' ').forEach((pid) => console.log(pid));
    const lambda = () => new LambdaFunction({ name: 'f', arn: 'arn', region: 'eu-west-1', accountId: '0', codeFolder: '${folder}', handler: 'index.handler', timeoutSeconds: 60, memoryMegabytes: 256, environment: {}, maximumEnvironments: 4, log });
    console.log((await lambda().invoke({})).payload.toString());
    void lambda().invoke({ loop: true });`,
    3,
  );
  expect(pids.map(isRunning)).toEqual([true, true, true]);

  parent?.kill('SIGKILL');

  await expect.poll(() => pids.filter(isRunning)).toEqual([]);
});

test('a guarded process ends with its parent, and an unguarded one does not', async () => {
  const [guarded, free] = (await start(
    `import { spawn } from 'node:child_process';
    import { guardProcess } from '${GUARD_MODULE}';
    const idle = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const guarded = idle();
    guardProcess(guarded, 'process');
    console.log(guarded.pid);
    console.log(idle().pid);`,
    2,
  )) as [number, number];
  const exited = once(parent as ChildProcess, 'exit');

  parent?.kill('SIGKILL');
  await exited;
  await expect.poll(() => isRunning(guarded)).toBe(false);

  expect(isRunning(free)).toBe(true);
  process.kill(free, 'SIGKILL');
});

test('a guard that is killed is replaced by one that knows every child', async () => {
  const [guarded] = (await start(
    `import { spawn } from 'node:child_process';
    import { guardProcess } from '${GUARD_MODULE}';
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    guardProcess(child, 'process');
    console.log(child.pid);
    setInterval(() => {}, 1000);`,
    1,
  )) as [number];
  const { pid = 0 } = parent as ChildProcess;
  const guards = () =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter((child) => child.trim() && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('guard-main'));
  await expect.poll(guards).toHaveLength(1);
  const [first = ''] = guards();
  process.kill(Number(first), 'SIGKILL');
  await expect.poll(() => guards().filter((guard) => guard !== first)).toHaveLength(1);
  // It is seen in the moment in which it is started, before it is told of the children.
  await pause(500);

  parent?.kill('SIGKILL');

  await expect.poll(() => isRunning(guarded)).toBe(false);
});

test('the guard keeps no program alive', async () => {
  await start(
    `import { spawn } from 'node:child_process';
    import { guardProcess } from '${GUARD_MODULE}';
    guardProcess(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'process');
    console.log(1);`,
    1,
  );

  const [code] = await once(parent as ChildProcess, 'exit');

  expect(code).toBe(0);
});

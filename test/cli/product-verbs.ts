import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Verb } from '../../cli/run-command.ts';
import { runCommand } from '../../cli/run-command.ts';
import { VERBS } from '../../cli/verbs.ts';
import type { Product } from '../product/product.ts';

export interface Ran {
  readonly code: number;
  readonly printed: string;
  readonly told: string;
}

/** What leads a verb to a product. */
export const leadingTo = ({ api, privateKey }: Pick<Product, 'api' | 'privateKey'>) => ({
  VITRINE_API: api,
  VITRINE_PRIVATE_KEY: privateKey,
});

/** Runs a verb of the command line in this process, with the environment that it has. */
export async function runVerb(args: readonly string[], verbs: Readonly<Record<string, Verb>> = VERBS): Promise<Ran> {
  let [printed, told] = ['', ''];
  const code = await runCommand(
    verbs,
    args,
    (text) => {
      printed += text;
    },
    (text) => {
      told += text;
    },
  );
  return { code, printed, told };
}

/** Runs it in a process of its own, which can be killed. */
export function startVerb(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const main = new URL('../../cli/main.ts', import.meta.url).pathname;
  const env = { ...process.env, ...environment };
  return spawn(process.execPath, [main, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
}

/**
 * Kills a verb as soon as something has happened. The verb stands still while we look: on a busy machine it would be done before
 * the answer is there. It is killed as well when we cannot look: one that stands still for ever keeps its test's process from ending.
 * @throws when it ended before
 */
export async function killOnce(child: ChildProcess, hasHappened: () => Promise<boolean>): Promise<void> {
  const closed = once(child, 'close');
  try {
    while (!(await standingStill(child, hasHappened))) {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode} before it was killed.`);
      await new Promise((done) => setTimeout(done, 10));
    }
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
}

async function standingStill(child: ChildProcess, look: () => Promise<boolean>): Promise<boolean> {
  child.kill('SIGSTOP');
  const seen = await look();
  if (!seen) child.kill('SIGCONT');
  return seen;
}

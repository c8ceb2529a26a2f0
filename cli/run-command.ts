import { CommandFailed } from './command-failed.ts';
import type { Tell } from './to-people.ts';
import { WrongCall } from './wrong-call.ts';

/** One thing that the command line does. */
export interface Verb {
  /** Goes on the line of the verb, in the help of all of them. */
  readonly summary: string;
  readonly help: string;
  /** @returns the exit code: 0 done, 1 refused or failed, 2 the call is wrong; more in the verb's help */
  readonly run: (args: readonly string[], print: (text: string) => void, tell: Tell) => number | Promise<number>;
}

/**
 * Runs the verb that the first argument names.
 * @param tell what is no output of the verb, such as a failure
 * @returns the exit code
 */
export async function runCommand(
  verbs: Readonly<Record<string, Verb>>,
  [name = '', ...args]: readonly string[],
  print: (text: string) => void,
  tell: Tell = print,
): Promise<number> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined) {
    const isAsked = name === '--help' || name === 'help';
    print(`${isAsked || name === '' ? '' : `There is no verb ${name}.\n\n`}${helpOf(verbs)}`);
    return isAsked ? 0 : 2;
  }
  try {
    return await verb.run(args, print, tell);
  } catch (error) {
    if (error instanceof CommandFailed) {
      tell(`${error.message}\n`);
      return 1;
    }
    if (!isWrongCall(error)) throw error;
    tell(`${error.message}\n\n${verb.help}`);
    return 2;
  }
}

/** A verb's own words, or what `parseArgs` throws (Node.js, "util.parseArgs"). */
function isWrongCall(error: unknown): error is Error {
  if (error instanceof WrongCall) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function helpOf(verbs: Readonly<Record<string, Verb>>): string {
  const width = Math.max(...Object.keys(verbs).map(({ length }) => length));
  const lines = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: vitrine VERB [OPTIONS]\n\n${lines.join('\n')}\n\nvitrine VERB --help tells the rest.\n`;
}

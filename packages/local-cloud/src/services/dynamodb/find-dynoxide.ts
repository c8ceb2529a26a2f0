import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const FILE = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';

/**
 * The path of the DynamoDB server: what the variable says, else the package of this platform, else the first one on
 * the PATH.
 * @param variable name of the environment variable that may hold the path
 * @throws with a sentence that says what to do
 */
export function findDynoxide(
  variable: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const told = variable && environment[variable];
  if (told) {
    if (isExecutable(told)) return told;
    throw new Error(`${variable} is "${told}", which is not a program that can be run.`);
  }
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, FILE));
  const found = [packaged(), ...onPath].find((candidate) => candidate !== undefined && isExecutable(candidate));
  if (found) return found;
  throw new Error(
    `The DynamoDB server "dynoxide" was not found for ${process.platform}-${process.arch}. ` +
      'Install it with "npm install --no-save dynoxide" or "cargo install dynoxide-rs"' +
      (variable === undefined ? '.' : `, or set ${variable} to its path.`),
  );
}

function packaged(): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`)), FILE);
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

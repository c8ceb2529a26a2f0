import type { Directory } from '../../../contract/people.ts';
import type { Person } from './person.ts';

/** The directories of a deployment, and whether anybody comes in without one. */
export interface DirectoryChoice {
  readonly directories: readonly Directory[];
  readonly directoriesOnly: boolean;
}

/**
 * Whether somebody may come in by the way by which they came in before: each call asks, so that turning passwords off, or taking
 * a directory away, ends what was begun by them.
 */
export function isWayOpen(
  { directories, directoriesOnly }: DirectoryChoice,
  { directory }: Pick<Person, 'directory'>,
): boolean {
  return directory === undefined ? !directoriesOnly : directories.some(({ name }) => name === directory);
}

/** The directory that speaks for an address, when there is one. @param mail as `parseMailAddress` gives it */
export function directoryOf({ directories }: DirectoryChoice, mail: string): Directory | undefined {
  const domain = mail.slice(mail.lastIndexOf('@') + 1);
  return directories.find(({ domains }) => domains.includes(domain));
}

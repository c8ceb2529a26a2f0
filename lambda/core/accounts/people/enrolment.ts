import { problem } from '../../kernel/problems.ts';
import type { DirectoryChoice } from './directory-choice.ts';
import type { Person } from './person.ts';

/**
 * Everybody has a second factor. Who signed in without one, because they have set up none yet or their directory does not say, may
 * sign out, and sign in again with one: nothing else.
 * @throws Problem enrolment.missing
 */
export function requireEnrolled(
  choice: DirectoryChoice,
  person: Pick<Person, 'directory'>,
  { lacksSecondFactor }: { readonly lacksSecondFactor?: boolean },
): void {
  if (lacksSecondFactor) requireTrusted(choice, person, false);
}

/** @throws Problem enrolment.missing when the word of the person's directory is not enough */
export function requireTrusted(
  { directories }: DirectoryChoice,
  { directory }: Pick<Person, 'directory'>,
  isOwnAccountTrusted = true,
): void {
  const isTrusted = directories.some(({ name, secondFactor }) => name === directory && secondFactor === 'trusted');
  if (isTrusted || (directory === undefined && isOwnAccountTrusted)) return;
  throw problem('enrolment.missing', 'Sign in again with a second factor: /auth/login?again=1 leads there.');
}

import type { Difference } from '../../audit/event-maker.ts';

/** What stands for a value that no event may have. */
export const MASKED = '(personal data)';

/** Which members of somebody's personal data were changed; neither value is told, because events outlive the person's key. */
export function maskedDifference(members: readonly string[]): Difference {
  const masked = Object.fromEntries(members.map((name) => [name, MASKED]));
  return { before: masked, after: masked };
}

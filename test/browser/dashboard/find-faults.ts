import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { animationsEnd } from './animations-end.ts';

/** WCAG 2.2 AA. */
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe leaves to people, and what we saw: on a file's page facts lie beyond the edge of the part that scrolls, so axe sees
 * another element in their place. The same text in the same colours is measured on the other pages.
 */
const REVIEWED = { rule: 'color-contrast', message: /partially obscured by another element/ };

export interface FaultOptions {
  /** Whether what axe cannot decide counts, unless it was looked at. @default false */
  readonly withUndecided?: boolean;
}

/** What axe finds on a page. @returns a line for each rule that is broken, with the elements */
export async function findFaults(page: Page, { withUndecided = false }: FaultOptions = {}): Promise<readonly string[]> {
  // What is half faded in has less contrast than it will have.
  await animationsEnd(page);
  await page.evaluate(axe.source);
  const { violations, incomplete } = await page.evaluate(
    (standard) => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: standard }),
    STANDARD,
  );
  const undecided = withUndecided ? incomplete.filter((one) => !isReviewed(one)) : [];
  return [...violations, ...undecided].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`,
  );
}

const isReviewed = ({ id, nodes }: AxeResults['incomplete'][number]) =>
  id === REVIEWED.rule && nodes.every(({ any }) => any.every(({ message }) => REVIEWED.message.test(message)));

import type { AxeResults, RunOnly } from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { animationsEnd } from './animations-end.ts';

/** Rules of WCAG 2.2 AA: all of them, or those that look at colours. */
const RULES = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  'of colours': { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const satisfies Record<string, RunOnly>;

/**
 * What axe leaves to people, and what we saw: on a file's page facts lie beyond the edge of the part that scrolls, so axe sees
 * another element in their place. The same text in the same colours is measured on the other pages.
 */
const REVIEWED = { rule: 'color-contrast', message: /partially obscured by another element/ };

type AxeWindow = typeof globalThis & { readonly axe?: typeof axe };

export interface FaultOptions {
  /** @default all */
  readonly rules?: keyof typeof RULES;
  /** Whether what axe cannot decide counts, unless it was looked at. @default false */
  readonly withUndecided?: boolean;
}

/** What axe finds on a page. @returns a line for each rule that is broken, with the elements */
export async function findFaults(
  page: Page,
  { rules = 'all', withUndecided = false }: FaultOptions = {},
): Promise<readonly string[]> {
  // What is half faded in has less contrast than it will have.
  await animationsEnd(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations, incomplete } = await page.evaluate(
    async (runOnly) => {
      const found = await (globalThis as AxeWindow).axe?.run(document, {
        runOnly,
        resultTypes: ['violations', 'incomplete'],
      });
      if (!found) throw new Error('axe is not on the page.');
      return { violations: found.violations, incomplete: found.incomplete };
    },
    { ...RULES[rules], values: [...RULES[rules].values] },
  );
  const undecided = withUndecided ? incomplete.filter((one) => !isReviewed(one)) : [];
  return [...violations, ...undecided].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`,
  );
}

const isReviewed = ({ id, nodes }: AxeResults['incomplete'][number]) =>
  id === REVIEWED.rule && nodes.every(({ any }) => any.every(({ message }) => REVIEWED.message.test(message)));

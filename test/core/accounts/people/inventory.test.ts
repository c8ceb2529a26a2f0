import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PURPOSES } from '../../../../lambda/core/accounts/people/personal-data.ts';

const PAGE = readFileSync(new URL('../../../../docs/people.md', import.meta.url), 'utf8');

it('the page of people names all that is kept of them, and nothing that is kept elsewhere (GDP-16)', () => {
  const [, section = ''] = PAGE.split('## Personal data\n');
  const [sentence = ''] = section.split(': nothing else');
  const named = [...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name);

  expect(named.toSorted()).toEqual(Object.keys(PURPOSES).toSorted());
  expect(named).not.toContain('phone');
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { problemAnswer } from '../../../lambda/api/answers.ts';
import { documentationPage, PAGE_HEADERS } from '../../../lambda/api/documentation/page.ts';
import { API_OPERATIONS } from '../../../lambda/api/table.ts';
import type { ProblemCode } from '../../../lambda/core/kernel/problems.ts';
import { PROBLEMS, problem } from '../../../lambda/core/kernel/problems.ts';

const page = documentationPage(API_OPERATIONS);
const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id as string);

test('the help of every error leads to a place on the page', async () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const { help } = (await problemAnswer(problem(code, 'x'), undefined).json()) as { readonly help: string };
    const [path, anchor] = help.split('#');

    expect(path).toBe('/docs');
    expect(ids, code).toContain(anchor);
  }
});

test('every link on the page leads to a place on it or to the document', () => {
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link]) => link as string);

  expect(links.filter((link) => link !== '/v1/openapi.json' && !ids.includes(link.slice(1)))).toEqual([]);
  expect(links).toContain('/v1/openapi.json');
});

test('every place on the page has a name of its own', () => {
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('its one style is the one that its policy allows', () => {
  const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style]) => style as string);
  const hashes = styles.map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);

  expect(hashes).toHaveLength(1);
  expect(PAGE_HEADERS['content-security-policy']).toContain(`style-src ${hashes[0]};`);
});

test('it has nothing that runs, and nothing from elsewhere', () => {
  expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|\ssrc=|javascript:|https?:\/\/(?!shop\.example\.com)/i);
  expect(PAGE_HEADERS['content-security-policy']).toContain("default-src 'none'");
  expect(PAGE_HEADERS['content-security-policy']).toContain("frame-ancestors 'none'");
});

test('what operations say is text on it, never markup', () => {
  const [first] = API_OPERATIONS;
  if (!first) throw new Error('There are no operations.');
  const told = documentationPage([{ ...first, sentence: '<img src=x onerror=alert(1)> `<b>`' }]);

  expect(told).toContain('&lt;img src=x onerror=alert(1)&gt; <code>&lt;b&gt;</code>');
});

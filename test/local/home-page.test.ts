import { expect, it } from 'vitest';
import { homePage } from '../../local/home-page.ts';

const PAGE = {
  media: 'http://localhost:4000',
  api: 'http://localhost:4001',
  sampleLinks: ['http://localhost:4000/a.jpg?tr=w-1&x="<'],
};

it('leads to the samples, the API’s documentation and the pages of the repository', () => {
  const html = homePage(PAGE);

  expect(html).toContain('href="http://localhost:4000/a.jpg?tr=w-1&amp;x=&quot;&lt;"');
  expect(html).toContain('href="http://localhost:4001/docs"');
  expect(html).toContain('href="http://localhost:4001/dashboard/"');
  expect(html).toContain('docs/local-cloud.md');
});

it('runs no script', () => {
  expect(homePage(PAGE)).not.toMatch(/<script|javascript:| on\w+=/);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACCESS_LOG_FIELDS } from '../../lib/constructs/insight/access-log-fields.ts';

const page = new URL('../../docs/access-logs.md', import.meta.url);

/** The page as the list of fields says it. */
const accessLogsPage = (): string =>
  [
    '# Access logs',
    '',
    'Made from `lib/constructs/insight/access-log-fields.ts`; `UPDATE_DOCS=1 npm test` writes it anew.',
    '',
    'CloudFront writes a line for each request into a bucket of your account, as Parquet, in folders by hour. A line is deleted',
    'after 90 days. It has these fields and no others. The address of the viewer, cookies, user agent, referrer and query are',
    'not among them: they tell who somebody is, and a query can hold the signature of a private file.',
    '',
    '| field | kept for |',
    '|---|---|',
    ...ACCESS_LOG_FIELDS.map(({ name, purpose }) => `| \`${name}\` | ${purpose} |`),
    '',
    'The fields are those of [CloudFront’s standard log](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html).',
    'A distribution has one log: it cannot be divided by region or endpoint, so [isolation of regions is not claimed for logs](regions.md#what-a-region-does-not-keep-to-itself).',
    '',
  ].join('\n');

test('docs/access-logs.md lists every field that is logged', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, accessLogsPage());

  expect(readFileSync(page, 'utf8')).toBe(accessLogsPage());
});

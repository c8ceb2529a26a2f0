import { readFileSync, writeFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { vitrineApp } from '../lib/vitrine-fixture.ts';

const page = new URL('../../docs/alarms.md', import.meta.url);

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

/** The table as the templates of a deployment with its own domains, people, a backup and a ceiling of spending say it. */
function alarmsPage(): string {
  const domain = (name: string) => ({ name, certificateArn });
  const people = { mailFrom: 'vitrine@example.com' };
  const backup = { destinations: { 'eu-west-1': { bucket: 'acme-backup' } } };
  const vitrine = {
    mediaDomain: domain('media.example.com'),
    apiDomain: domain('api.example.com'),
    people,
    backup,
    spendCeiling: 400,
  };
  const app = vitrineApp({ vitrine });
  const rows = [...app.regions, app.edge].flatMap((stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => {
      const [what, article = ''] = String(Properties.AlarmDescription).split(': docs/');
      return `| \`${Properties.AlarmName}\` | ${what} | [${/([a-z-]+)\.md/.exec(article)?.[1]}](${article}) |`;
    }),
  );
  return [
    '# Alarms',
    '',
    'Made from the templates; `UPDATE_DOCS=1 npm test` writes it anew.',
    '',
    'The profile `guarded` has these alarms of CloudWatch, those of a region in each region, and those of people, `break-glass` and',
    '`daily-mails`, where there are [people](people.md), those of the backup where there is [one](backup.md), `ceiling-fails` where there is [a ceiling](cost.md#a-ceiling). `cdk.json` says who is told:',
    '`"alarms": { "mails": ["ops@example.com"], "urls": ["https://…"] }`. Mails are confirmed once, on-call tools confirm by themselves.',
    'Anything else subscribes to the topic of the output `AlarmTopicArn`. `"monthlyBudget": 200` mails what the account has spent, at 50,',
    '80 and 100 % and when 100 % are expected; see [The month’s budget](runbook/spend.md).',
    '',
    '| alarm | what has happened | article |',
    '|---|---|---|',
    ...rows.sort(),
    '',
  ].join('\n');
}

test('docs/alarms.md lists every alarm', () => {
  const expected = alarmsPage();
  if (process.env.UPDATE_DOCS) writeFileSync(page, expected);

  expect(readFileSync(page, 'utf8')).toBe(expected);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  alarmPercent,
  burnRateOf,
  errorBudgetPercent,
  failuresAllowed,
  minutesAllowed,
} from '../../lib/slo/error-budget.ts';
import { readServiceLevels } from '../../lib/slo/read-service-levels.ts';

const page = new URL('../../docs/slo.md', import.meta.url);

function sloPage(): string {
  const { days, objectives, burnRates } = readServiceLevels();
  const million = (1_000_000).toLocaleString('en');
  return [
    '# Service levels',
    '',
    'Made from `docs/slo.json`; `UPDATE_DOCS=1 npm test` writes it anew.',
    '',
    `What a deployment is run for, over ${days} days. An objective leaves a budget of failures; while there is some left, changes go out, and when`,
    'it is used up, what makes it fail is mended first. Who wants other objectives changes the file: the alarms follow it.',
    '',
    `| objective | percent | budget | of ${million} requests | all down for | read from |`,
    '|---|---:|---:|---:|---:|---|',
    ...objectives.map((one) => {
      const numbers = [
        `${one.percent} %`,
        `${errorBudgetPercent(one)} %`,
        failuresAllowed(one, 1_000_000).toLocaleString('en'),
        `${minutesAllowed(one, days)} minutes`,
      ];
      return `| \`${one.name}\`: ${one.promise} | ${numbers.join(' | ')} | ${one.measure} |`;
    }),
    '',
    '## When the budget goes too fast',
    '',
    `An alarm of the profile \`guarded\` tells when a part of the budget of \`media\` goes in a short time ([Alarms](alarms.md), [what to do](runbook/budget-burns.md)).`,
    '',
    '| alarm | part of the budget | in | times as fast as it may | from this share of 5xx on |',
    '|---|---:|---:|---:|---:|',
    ...burnRates.map((burn) => {
      const media = objectives[0] as (typeof objectives)[number];
      const numbers = [`${burn.budgetPercent} %`, hoursText(burn.hours), String(burnRateOf(burn, days))];
      return `| ${burn.name} | ${numbers.join(' | ')} | ${alarmPercent(media, burn, days)} % |`;
    }),
    '',
    'The budget that is left is 100 % minus the share of requests that failed, divided by the budget. 250 failures of a million requests leave 75 % of a',
    'budget of 0.1 %. `lib/slo/error-budget.ts` computes it.',
    '',
  ].join('\n');
}

const hoursText = (hours: number): string => (hours === 1 ? '1 hour' : `${hours} hours`);

test('docs/slo.md says what docs/slo.json does', () => {
  const expected = sloPage();
  if (process.env.UPDATE_DOCS) writeFileSync(page, expected);

  expect(readFileSync(page, 'utf8')).toBe(expected);
});

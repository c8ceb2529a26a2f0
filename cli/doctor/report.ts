import type { Check, Verdict } from './check.ts';

export interface Finding {
  readonly check: Check;
  readonly verdict: Verdict;
}

const WORDS = { ok: 'ok', failed: '**failed**', 'not-asked': 'not asked here' } as const;

const ONE_MACHINE = 'The local cloud is written from the documents of AWS: what is ok here is no proof for an account.';

/** The report as Markdown, for an issue. */
export function report(findings: readonly Finding[], at: Date, where: 'AWS' | 'one machine'): string {
  const rows = findings.map(({ check: { number, title }, verdict }) => {
    const measured = verdict.state === 'not-asked' ? '' : verdict.measured;
    return `| ${number ?? ''} | ${title} | ${WORDS[verdict.state]} | ${measured} | ${verdict.sentence} |`;
  });
  const count = (state: Verdict['state']) => findings.filter(({ verdict }) => verdict.state === state).length;
  return [
    `Vitrine doctor, ${at.toISOString().slice(0, 16)}Z, on ${where}: ${count('ok')} ok, ${count('failed')} failed, ${count('not-asked')} not asked.`,
    'Numbers are those of the assumptions in docs/local-cloud.md.',
    ...(where === 'AWS' ? [] : [ONE_MACHINE]),
    '',
    '| | check | verdict | measured | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

import type { DescribedOperation } from '../../lambda/api/documentation/described.ts';
import { describeOperation } from '../../lambda/api/documentation/described.ts';
import { PROBLEM_MEANINGS } from '../../lambda/api/documentation/problem-meanings.ts';
import type { AnyOperation } from '../../lambda/api/operation.ts';
import type { ProblemCode } from '../../lambda/core/kernel/problems.ts';
import { PROBLEMS } from '../../lambda/core/kernel/problems.ts';

/** docs/api.md as the table of operations says it. */
export function apiPage(operations: readonly AnyOperation[]): string {
  const byResource = Map.groupBy(operations.map(describeOperation), ({ resource }) => resource);
  return [
    '# The API',
    '',
    'Made from `lambda/api/table.ts`; `UPDATE_DOCS=1 npm test` writes it anew. The API’s own host serves the same as a page',
    'under `/docs`, and as OpenAPI 3.1 under `/v1/openapi.json`.',
    '',
    'Calls are authenticated by HTTP Basic with the private key as user name and an empty password. Without a key the answer',
    'is 401, with another one 403. An error is JSON with `message`, `help` and `code`; the codes are [below](#errors). A member',
    'that an operation does not have is refused by name. Examples take `$API` and `$PRIVATE_KEY` from the environment.',
    '',
    ...[...byResource].flatMap(([name, described]) => [`## ${name}`, '', ...described.flatMap(section)]),
    '## Errors',
    '',
    '| code | status | meaning |',
    '|---|---:|---|',
    ...(Object.keys(PROBLEMS) as ProblemCode[]).map(
      (code) => `| \`${code}\` | ${PROBLEMS[code].status} | ${PROBLEM_MEANINGS[code]} |`,
    ),
    '',
  ].join('\n');
}

function section(one: DescribedOperation): string[] {
  return [
    `### ${one.id}`,
    '',
    `${one.sentence} Permission: \`${one.permission}\`. Rate class: ${one.rateClass}. Answer: ${one.answer}.`,
    '',
    '```',
    ...one.calls,
    '```',
    '',
    ...members(one),
    ...(one.answerMembers ? [`Answer: \`${one.answerMembers}\``, ''] : []),
    '```sh',
    one.curl,
    '```',
    '',
    `Errors: ${one.problems.join(', ')}.`,
    '',
  ];
}

function members({ members: all }: DescribedOperation): string[] {
  if (all.length === 0) return [];
  const rows = all.map(
    ({ name, place, required, type }) =>
      `| \`${name}\` | ${place} | ${required ? 'yes' : 'no'} | \`${type.replaceAll('|', '\\|')}\` |`,
  );
  return ['| member | in | required | type |', '|---|---|---|---|', ...rows, ''];
}

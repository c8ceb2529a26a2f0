import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VERBS } from '../../cli/verbs.ts';

const page = new URL('../../docs/command-line.md', import.meta.url);

/** The page as the verbs say it: what each prints for `--help`. */
function commandLinePage(): string {
  const verbs = Object.entries(VERBS);
  return [
    '# The command line',
    '',
    'Made from `cli/verbs.ts`; `UPDATE_DOCS=1 npm test` writes it anew. `npx vitrine VERB --help` prints the same.',
    '',
    'Verbs that call the API take `VITRINE_API`, and a key in `VITRINE_PRIVATE_KEY` or the token of a person in `VITRINE_TOKEN`. Nothing secret',
    'is written to a file. [Why](decisions/0060-the-command-line-keeps-no-token.md). The rights of key or person hold, and the audit log tells every change.',
    '',
    '| verb | what it does |',
    '|---|---|',
    ...verbs.map(([name, { summary }]) => `| [\`${name}\`](#${name}) | ${summary} |`),
    '',
    ...verbs.flatMap(([name, { help }]) => [`## ${name}`, '', '```', help.trimEnd(), '```', '']),
  ].join('\n');
}

it('docs/command-line.md says what the verbs say', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, commandLinePage());

  expect(readFileSync(page, 'utf8')).toBe(commandLinePage());
});

import type { Operation } from './operation.ts';
import { STAGES } from './operation.ts';
import { OPERATIONS } from './table.ts';
import { UPCOMING } from './upcoming.ts';

const STAGE_TITLES = {
  source: 'Source',
  trim: 'Trim',
  size: 'Size and crop',
  turn: 'Turn',
  distort: 'Distort',
  effects: 'Effects',
  border: 'Border',
  radius: 'Radius',
  opacity: 'Opacity',
  shadow: 'Shadow',
  gradient: 'Gradient',
  background: 'Background',
  layer: 'Layers',
  encode: 'Output',
} as const satisfies Record<Operation['stage'], string>;

const INTRODUCTION = `# Operations

Made from the tables in \`lambda/core/transform/operations/\`; \`UPDATE_DOCS=1 npm test\` writes it anew.

A transformation is a chain of steps with a colon between them, a step is a list of items with commas between them, and
an item is a key, a dash and a value: \`tr:w-300,h-200:rt-90\`. Steps run from left to right. Within a step the order of
the items does not matter: operations are carried out in the order of the sections below. The last of equal keys wins.
Unknown keys are left out; a known key with a value that is not allowed is answered with 400.`;

/** The page about all operations, in Markdown. */
export function operationsPage(): string {
  const sections = STAGES.map((stage) =>
    section(
      STAGE_TITLES[stage],
      OPERATIONS.filter((one) => one.stage === stage),
    ),
  );
  return `${[INTRODUCTION, ...sections, upcomingSection()].join('\n\n')}\n`;
}

function section(title: string, operations: readonly Operation[]): string {
  return [
    `## ${title}`,
    '',
    '| key | name in ImageKit’s SDKs | value | meaning | example |',
    '|---|---|---|---|---|',
    ...operations.map(row),
  ].join('\n');
}

function row({ keys, sdkNames, meaning, sentence, example }: Operation): string {
  return `| ${code(keys)} | ${code(sdkNames)} | ${meaning.expected} | ${sentence} | ${code([example])} |`;
}

function upcomingSection(): string {
  return [
    '## Not yet',
    '',
    'These keys of ImageKit’s are known and answered with 400, because the picture without them would be another one than',
    'asked for. So are computed values (`w-iw_div_2`), focus that looks at the picture, and backgrounds made from it.',
    '',
    '| keys | what they ask for |',
    '|---|---|',
    ...UPCOMING.map(({ keys, feature }) => `| ${code(keys)} | ${feature} |`),
  ].join('\n');
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

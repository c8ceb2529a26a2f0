import type { Operation } from '../../lambda/core/plan/operations/operation.ts';
import { OPERATION_STAGES } from '../../lambda/core/plan/operations/operation.ts';
import { ALL_OPERATIONS } from '../../lambda/core/plan/operations/table.ts';
import { UNSUPPORTED_OPERATIONS } from '../../lambda/core/plan/operations/unsupported.ts';
import type { Example } from './operation-examples.ts';
import { exampleOf, furtherExamples } from './operation-examples.ts';
import type { UrlForm } from './url-forms.ts';
import { OTHER_FORMS, QUERY_ITEMS, TRANSFORMED_FORMS } from './url-forms.ts';

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

const INTRODUCTION = `# URLs

Made from the table in \`lambda/core/plan/operations/\`, the pictures by the engine itself; \`UPDATE_DOCS=1 npm test\`
writes both anew. URLs are ImageKit’s. What stands here follows the endpoint: \`https://media.example.com\`, or
\`https://media.example.com/prefix\`.

## Forms`;

const GRAMMAR = `## Transformations

A transformation is a chain of steps, separated by colons. A step is a list of items, separated by commas. An item is a key, a
dash and a value: \`tr:w-300,h-200:rt-90\`. Within a step operations are applied in the order of the sections below. Of equal
keys the last one wins.

- Lengths are pixels. \`N\` before a number is a minus sign, or counts from the right or bottom edge. \`@@\` in a path
  stands for a slash.
- An item with an unknown key is ignored, and listed in the header \`x-vitrine-ignored\`. The picture is made and stored once for all
  URLs that differ in such items, or in zeros before a number. On an endpoint with \`strict\` an unknown key is
  refused with 400. A known key with an invalid value is 400 everywhere; \`ik-error\` and the body say what is allowed.
- \`w\` and \`h\` from 65536 are ignored as in ImageKit, and listed in the same header. A side from 8193 to 65535 is refused with
  400, and the message has the limit. A side that only follows from the picture's own ratio ends at the limit: \`w-100\` of a picture of
  1 x 512 gives 16 x 8192, and \`x-vitrine-limited: 16 x 8192 instead of 100 x 51200\` says so. So does a result without a size,
  and one that a turn makes larger.
- \`1\` and \`0\` stand for \`true\` and \`false\`, \`cm-resize\` is the default mode, and spaces around a value are ignored. An empty
  \`i-\` draws no layer, and an empty \`di-\` is no default image; both are listed in the same header.
- A path is looked up as it is given, then in Unicode NFC, as the library spells names. An unsigned request is led to that URL with
  307. A signed one is answered, and cached for a minute.
- An unsupported value with a close substitute is replaced, and listed in the same header: \`fo-face\` and \`fo-dog\` become
  \`fo-auto\`.
- Where the table says “computed”, a value may be an expression: \`w-iw_div_2\`, \`lx-bw_div_2_sub_cw_div_2\`. \`iw\`, \`ih\`, \`iar\`
  are width, height and ratio of the stored picture, \`cw\`, \`ch\`, \`car\` those of the step’s input, \`bw\`, \`bh\`, \`bar\`
  those of the picture below a layer, \`idn\` is the density. As in ImageKit \`mul\` and \`div\` come first, then \`add\` and
  \`sub\`, then \`mod\`, and \`pow\` last.
- \`if-w_gt_300_and_ar_lt_1,w-300,if-else,h-300,if-end\` chooses by \`w\`, \`h\`, \`ar\` (of the step’s input) or \`iw\`, \`ih\`,
  \`iar\` with \`eq\`, \`ne\`, \`gt\`, \`gte\`, \`lt\`, \`lte\`; \`and\` binds tighter than \`or\`. A condition is alone in its step,
  its branches may be chains and hold layers. Animations have none.
- \`w-auto\` and \`dpr-auto\` take the client’s \`Sec-CH-Width\` (rounded up to the next 100) and \`Sec-CH-DPR\`.`;

const LAYERS = `A layer stands between \`l-image\` or \`l-text\` and \`l-end\`: \`l-image,i-logo.png,w-80,lx-N10,ly-N10,l-end\`. \`i-\` is the path of
a picture or the text, \`ie-\` the same as base64; \`i-ik_canvas\` is a plain block in the colour of \`bg\` (default: black),
as large as the picture below. [How texts are set](text.md), in which fonts and scripts. All operations above work on a layer too, also in a chain. Layers may be nested to three
levels. An image layer is trimmed first, unless it has \`t-false\`. A layer never enlarges the picture.`;

/** File names of the pictures, by their examples' names. */
export type Pictures = ReadonlyMap<string, string>;

/** The page about URLs, in Markdown. */
export function urlsPage(pictures: Pictures): string {
  const sections = OPERATION_STAGES.map((stage) => stageSection(stage, pictures));
  return `${[INTRODUCTION, formTable(TRANSFORMED_FORMS), ...otherForms(), GRAMMAR, ...sections, refused()].join('\n\n')}\n`;
}

function formTable(forms: readonly UrlForm[]): string {
  const same = forms.some(({ isSame }) => isSame);
  return [
    ...(same ? ['The first eight are one picture, rendered once and cached once.', ''] : []),
    '| form | meaning |',
    '|---|---|',
    ...forms.map(({ form, says }) => `| \`${form}\` | ${says} |`),
  ].join('\n');
}

function otherForms(): string[] {
  const query = [
    '| query item | meaning |',
    '|---|---|',
    ...QUERY_ITEMS.map(({ form, says }) => `| \`${form}\` | ${says} |`),
  ];
  return [
    formTable(OTHER_FORMS),
    query.join('\n'),
    'All other query items are ignored: `?utm_source=x` is the same picture.',
  ];
}

function stageSection(stage: Operation['stage'], pictures: Pictures): string {
  const operations = ALL_OPERATIONS.filter((one) => one.stage === stage);
  return [
    `## ${STAGE_TITLES[stage]}`,
    '',
    ...(stage === 'layer' ? [LAYERS, ''] : []),
    '| key | picture and its URL | value | meaning | in ImageKit’s SDKs |',
    '|---|---|---|---|---|',
    ...operations.map((operation) => row(operation, pictures)),
    ...operations.flatMap((operation) => furtherTable(operation, pictures)),
  ].join('\n');
}

function row(operation: Operation, pictures: Pictures): string {
  const { keys, name, meaning, takesExpressions, sentence, sdkNames } = operation;
  const value = `${meaning.expected}${takesExpressions ? '; computed' : ''}`;
  return `| ${code(keys)}<br>${name} | ${figure(exampleOf(operation), pictures)} | ${value} | ${sentence} | ${code(sdkNames)} |`;
}

function furtherTable(operation: Operation, pictures: Pictures): string[] {
  const examples = furtherExamples(operation);
  if (examples.length === 0) return [];
  return [
    '',
    `Values of \`${operation.keys[0]}\`:`,
    '',
    '| | |',
    '|---|---|',
    ...examples.map((one) => furtherRow(one, pictures)),
  ];
}

const furtherRow = (example: Example, pictures: Pictures): string =>
  `| ${image(example, pictures)} | \`${example.transformation}\` |`;

function figure(example: Example, pictures: Pictures): string {
  return `${image(example, pictures)}<br>\`tr:${example.transformation}\``;
}

function image({ name }: Example, pictures: Pictures): string {
  return `![](examples/${pictures.get(name)})`;
}

function refused(): string {
  return [
    '## Refused',
    '',
    'These keys of ImageKit are refused with 400, because without them the picture would not be the one that was asked for.',
    '',
    '| keys | what they ask for |',
    '|---|---|',
    ...UNSUPPORTED_OPERATIONS.map(({ keys, feature }) => `| ${code(keys)} | ${feature} |`),
  ].join('\n');
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

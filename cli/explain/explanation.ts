interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the API tells of a URL (docs/explain.md). */
export interface Explanation {
  readonly url: string;
  readonly endpoint?: string;
  readonly assetPath?: string;
  readonly source?: Size & { readonly format: string; readonly frames: number };
  readonly transformation?: string;
  readonly steps?: readonly {
    readonly step: string;
    readonly input: Size;
    readonly output: Size;
    readonly notes: readonly string[];
  }[];
  readonly ignored?: readonly { readonly item: string; readonly why: string }[];
  readonly format?: { readonly chosen: string; readonly why: string };
  readonly variantKey?: string;
  readonly refused?: { readonly status: number; readonly error: string };
}

/** For people: a line for each thing. */
export function explanationText(told: Explanation): string {
  const { source, format, refused } = told;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['url', told.url],
    ['endpoint', told.endpoint],
    ['file', told.assetPath],
    ['source', source && `${source.format}, ${sizeText(source)}, frames: ${source.frames}`],
    ['transformation', told.transformation],
    ...(told.steps ?? []).flatMap(stepRows),
    ['format', format && `${format.chosen}: ${format.why}`],
    ...(told.ignored ?? []).map(({ item, why }) => ['ignored', `${item}: ${why}`] as const),
    ['variant', told.variantKey],
    ['refused', refused && `${refused.status}: ${refused.error}`],
  ];
  return rows.flatMap(([name, value]) => (value ? `${name.padEnd(14)}  ${value}\n` : [])).join('');
}

type Step = NonNullable<Explanation['steps']>[number];

function stepRows({ step, input, output, notes }: Step): (readonly [string, string])[] {
  return [['step', `${step}: ${sizeText(input)} to ${sizeText(output)}`], ...notes.map((note) => ['', note] as const)];
}

const sizeText = ({ width, height }: Size): string => `${width} x ${height}`;

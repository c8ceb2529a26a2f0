import type { AssemblyPlan } from 'local-cloud';

export interface StartBlock {
  readonly media: string;
  readonly api: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly functionUrls: readonly string[];
  readonly sampleLinks: readonly string[];
  readonly stateFolder: string;
  readonly isKept: boolean;
  readonly logFile: string;
  /** Rules of the web ACL that only AWS can evaluate, by name. */
  readonly rulesNotEvaluated: readonly string[];
  readonly notRun: AssemblyPlan['notRun'];
}

/** What a person reads when the product has started. */
export function startBlock(block: StartBlock): string {
  // What is needed next stands last, just above where one types.
  return `${[
    '',
    '  Not emulated on this machine:',
    ...notEmulated(block).map((line) => `    - ${line}`),
    '',
    '  Vitrine is running.',
    '',
    `  Media          ${block.media}`,
    `  API            ${block.api}`,
    `  Public key     ${block.publicKey}`,
    `  Private key    ${block.privateKey}`,
    ...block.functionUrls.map((url) => `  Transformer    ${url}  (answers the CDN only; anyone else gets 403)`),
    `  State          ${block.stateFolder}${block.isKept ? '' : '  (removed at the end)'}`,
    `  Log            ${block.logFile}`,
    '',
    '  Sample pictures:',
    ...block.sampleLinks.map((link) => `    ${link}`),
    '',
    '  Stop with Ctrl+C.',
    '',
  ].join('\n')}\n`;
}

function notEmulated({ rulesNotEvaluated, notRun }: StartBlock): string[] {
  return [
    'CloudFormation: the templates are read, not deployed; "npm run synth" and the tests check them.',
    ...(rulesNotEvaluated.length > 0
      ? [`Web ACL: rules that AWS keeps to itself: ${rulesNotEvaluated.join(', ')}.`]
      : []),
    ...[...notRun].map(([reason, places]) => `${namesOf(places)}: ${reason}`),
  ];
}

/** Names shown with a reason; the templates have the rest. */
const SHOWN = 4;

/** Of a whole resource type its name, of a property the last part of its path. */
function namesOf(places: readonly string[]): string {
  const names = places.map((place) => {
    const [type = '', path] = place.split(' ');
    return path === undefined ? type.replace(/^AWS::/, '') : path.replace(/\.\d+/g, '').replace(/^.*\./, '');
  });
  const different = [...new Set(names)];
  return different.slice(0, SHOWN).join(', ') + (different.length > SHOWN ? ', …' : '');
}

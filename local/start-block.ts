import type { AssemblyPlan } from 'local-cloud';

export interface StartBlock {
  readonly media: string;
  readonly api: string;
  /** Of further regions. */
  readonly otherApis: readonly { readonly region: string; readonly url: string }[];
  /** Where people sign in. */
  readonly signIn: string;
  /** Link for the first owner, once. @default there is an owner */
  readonly ownerInvitation: string | undefined;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly functionUrls: readonly string[];
  readonly sampleLinks: readonly string[];
  readonly stateFolder: string;
  readonly isKept: boolean;
  readonly logFile: string;
}

/** What a person reads when the product has started: addresses and keys, and one line for what is not here. */
export function startBlock(block: StartBlock): string {
  return `${[
    '',
    '  Vitrine is running.',
    '',
    `  Media          ${block.media}`,
    `  API            ${block.api}  (documentation: ${block.api}/docs)`,
    ...block.otherApis.map(({ region, url }) => `  ${region.padEnd(14)} ${url}  (API of this region)`),
    `  Dashboard      ${block.api}/dashboard/`,
    `  Sign-in        ${block.api}/auth/login  (mailbox of this machine: ${block.signIn}/mailbox)`,
    ...(block.ownerInvitation ? [`  First owner    ${block.ownerInvitation}  (one use)`] : []),
    `  Public key     ${block.publicKey}`,
    `  Private key    ${block.privateKey}`,
    ...block.functionUrls.map((url) => `  Transformer    ${url}  (answers the CDN only; anyone else gets 403)`),
    `  State          ${block.stateFolder}${block.isKept ? '' : '  (removed at the end)'}`,
    `  Log            ${block.logFile}`,
    '',
    '  Sample pictures:',
    ...block.sampleLinks.map((link) => `    ${link}`),
    '',
    '  What this machine does not emulate: docs/local-cloud.md, or start with --verbose.',
    '  Stop with Ctrl+C.',
    '',
  ].join('\n')}\n`;
}

export interface NotEmulated extends Pick<AssemblyPlan, 'notRun' | 'standIns'> {
  /** Rules of the web ACL that only AWS can evaluate, by name. */
  readonly rulesNotEvaluated: readonly string[];
}

/** What of the templates has no effect on this machine, or has a substitute here, each with the reason. */
export function notEmulatedBlock({ rulesNotEvaluated, notRun, standIns }: NotEmulated): string {
  return `${[
    '  Not emulated on this machine:',
    '    - CloudFormation: the templates are read, not deployed; "npm run synth" and the tests check them.',
    ...(rulesNotEvaluated.length > 0
      ? [`    - Web ACL: rules that AWS keeps to itself: ${rulesNotEvaluated.join(', ')}.`]
      : []),
    ...[...notRun].map(([reason, places]) => `    - ${namesOf(places)}: ${reason}`),
    ...[...standIns].map(([substitute, types]) => `    - ${namesOf(types)}: ${substitute} stands in.`),
    '',
  ].join('\n')}\n`;
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

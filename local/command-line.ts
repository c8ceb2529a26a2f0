import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ViewerResponseReading } from 'local-cloud';
import { StartFault, VIEWER_RESPONSE_READINGS } from 'local-cloud';
import { isCountryCode } from '../lambda/contract/country-code.ts';

const LARGE_UPLOADS = ['web', 'off'] as const;
export type LargeUploads = (typeof LARGE_UPLOADS)[number];

export interface StartOptions {
  /** 0: any free port. */
  readonly mediaPort: number;
  readonly apiPort: number;
  /** Of the pages where people sign in, and of the mailbox. */
  readonly signInPort: number;
  /** Folder that holds everything; undefined: a temporary one that is removed at the end. */
  readonly stateFolder: string | undefined;
  /** File that says where the product serves, written once it does. */
  readonly readyFile: string | undefined;
  /** Assembly to run instead of a synthesized one. */
  readonly assembly: string | undefined;
  /** ISO 3166-1 alpha-2, where every viewer is taken to be; undefined: nobody knows. */
  readonly viewerCountry: string | undefined;
  /** Address that the transformer takes every viewer to have; undefined: nobody knows. */
  readonly viewerAddress: string | undefined;
  /** How large files come in one request; undefined: as cdk.json says. */
  readonly largeUploads: LargeUploads | undefined;
  /** The home region first; undefined: as cdk.json says. */
  readonly regions: readonly string[] | undefined;
  /** The request that the CDN shows to the viewer-response function; undefined: the documented one. */
  readonly viewerResponseSees: ViewerResponseReading | undefined;
  /** File that says what goes wrong on purpose; undefined: nothing. */
  readonly faults: string | undefined;
  /** Whether the start says what is not emulated on this machine. */
  readonly verbose: boolean;
  readonly help: boolean;
}

export const HELP = `Usage: npm start -- [options]

  --ephemeral          keep nothing: state lies in a temporary folder that is removed at the end
  --ready-file FILE    write {"media","api","apis","publicKey","privateKey","urlEndpoint","pid","aws"} to FILE once it serves
  --assembly FOLDER    run this cloud assembly instead of synthesizing the app
  --large-uploads web|off
                       whether a file of more than 4.4 MB may come in one request; otherwise cdk.json says it
  --regions HOME,...   the regions, 1 to 6, side by side on this machine; otherwise cdk.json says them. Further regions'
                       APIs are on the ports after SIGN_IN_PORT
  --viewer-response-sees viewer|rewritten
                       which request the function after the cache is shown: the viewer's (as AWS documents, the default)
                       or the one that the function before the cache made of it
  --faults FILE        let go wrong what FILE says: answers are lost, stores throttle, events come twice
                       (packages/local-cloud/README.md); it is read again when it changes
  --verbose            list what of the templates is not emulated on this machine, with the reasons
  --help               this text

Environment: PORT (media, 4000), API_PORT (API, 4001), SIGN_IN_PORT (sign-in and mailbox, the one after
API_PORT), VITRINE_STATE (.vitrine). Port 0 is any free port.
VITRINE_VIEWER_COUNTRY (DE, ...) is where all viewers are taken to be; without it no country is known.
VITRINE_VIEWER_ADDRESS (192.0.2.1, ...) is the address by which renders are counted; without it none are.`;

const OPTIONS = {
  ephemeral: { type: 'boolean', default: false },
  'ready-file': { type: 'string' },
  assembly: { type: 'string' },
  'large-uploads': { type: 'string' },
  regions: { type: 'string' },
  'viewer-response-sees': { type: 'string' },
  faults: { type: 'string' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Reads arguments and environment. @throws StartFault naming the option or variable and what it allows */
export function readCommandLine(
  argumentList: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { values } = parse(argumentList);
  refuseProduction(environment.NODE_ENV, values.help);
  const mediaPort = readPort('PORT', environment.PORT, 4000);
  const apiPort = readPort('API_PORT', environment.API_PORT, 4001);
  const signInPort = readPort('SIGN_IN_PORT', environment.SIGN_IN_PORT, portAfter(apiPort, mediaPort));
  if (mediaPort === apiPort && mediaPort !== 0) {
    throw new StartFault(`Media and API would both be on port ${mediaPort}; set PORT and API_PORT to two ports.`);
  }
  return {
    mediaPort,
    apiPort,
    signInPort,
    stateFolder: values.ephemeral ? undefined : resolve(environment.VITRINE_STATE || '.vitrine'),
    readyFile: readPath('ready-file', values['ready-file']),
    assembly: readPath('assembly', values.assembly),
    viewerCountry: readCountry(environment.VITRINE_VIEWER_COUNTRY),
    viewerAddress: readAddress(environment.VITRINE_VIEWER_ADDRESS),
    largeUploads: readLargeUploads(values['large-uploads']),
    regions: values.regions?.split(','),
    viewerResponseSees: readReading(values['viewer-response-sees']),
    faults: readPath('faults', values.faults),
    verbose: values.verbose,
    help: values.help,
  };
}

/** Keys that were made for development, open stores and no TLS: whoever sets this means something else. */
function refuseProduction(mode: string | undefined, isHelp: boolean): void {
  if (mode !== 'production' || isHelp) return;
  throw new StartFault(
    'NODE_ENV is "production", but npm start runs everything on one machine, with keys for development. Deploy with npm run deploy, or unset NODE_ENV.',
  );
}

function parse(argumentList: readonly string[]) {
  try {
    return parseArgs({ args: [...argumentList], options: OPTIONS, strict: true });
  } catch (error) {
    const [fault] = (error as Error).message.split(/\.\s/);
    const allowed = Object.keys(OPTIONS).map((name) => `--${name}`);
    throw new StartFault(`${fault?.replace(/\.$/, '')}; the options are ${allowed.join(', ')}.`);
  }
}

/** Port 0 is followed by any free one. */
function portAfter(apiPort: number, mediaPort: number): number {
  if (apiPort === 0) return 0;
  return [apiPort + 1, apiPort + 2].find((port) => port !== mediaPort && port <= 65_535) ?? 0;
}

function readPort(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new StartFault(`${name} is "${text}"; a port is a number from 0 to 65535, 0 for any free one.`);
}

function readCountry(code: string | undefined): string | undefined {
  if (!code) return undefined;
  if (isCountryCode(code)) return code;
  throw new StartFault(`VITRINE_VIEWER_COUNTRY is "${code}"; a country is an ISO 3166-1 alpha-2 code such as DE.`);
}

function readAddress(address: string | undefined): string | undefined {
  if (!address) return undefined;
  if (isIP(address)) return address;
  throw new StartFault(`VITRINE_VIEWER_ADDRESS is "${address}"; it is an IP address such as 192.0.2.1.`);
}

function readReading(text: string | undefined): ViewerResponseReading | undefined {
  const reading = VIEWER_RESPONSE_READINGS.find((known) => known === text);
  if (reading || text === undefined) return reading;
  throw new StartFault(`--viewer-response-sees is "${text}"; it is ${VIEWER_RESPONSE_READINGS.join(' or ')}.`);
}

function readLargeUploads(text: string | undefined): LargeUploads | undefined {
  const chosen = LARGE_UPLOADS.find((known) => known === text);
  if (chosen || text === undefined) return chosen;
  throw new StartFault(`--large-uploads is "${text}"; it is ${LARGE_UPLOADS.join(' or ')}.`);
}

function readPath(option: string, path: string | undefined): string | undefined {
  if (path === '') throw new StartFault(`The option --${option} needs a path.`);
  return path === undefined ? undefined : resolve(path);
}

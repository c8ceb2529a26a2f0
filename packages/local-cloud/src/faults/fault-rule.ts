import { StartFault } from '../start-fault.ts';

/** What can go wrong at each place. Places that are not listed are those of the shared API server, by their names. */
export const FAULTS = {
  dynamodb: ['conflict', 'throttle', 'error', 'lose-answer', 'delay', 'index-lag'],
  s3: ['slow-down', 'error', 'lose-answer', 'delay'],
  events: ['twice', 'delay', 'drop'],
  streams: ['twice', 'delay', 'reorder'],
  replication: ['lag', 'fail'],
  api: ['throttle', 'deny', 'error', 'lose-answer', 'delay'],
} as const;

const PLACES = [
  'dynamodb',
  's3',
  'events',
  'streams',
  'replication',
  'cloudfront',
  'kms',
  'secrets-manager',
  'sqs',
  'ssm',
  'sts',
  'wafv2',
] as const;

export type FaultPlace = (typeof PLACES)[number];
export type FaultKind = (typeof FAULTS)[keyof typeof FAULTS][number];

/** One thing that goes wrong. */
export interface FaultRule {
  readonly at: FaultPlace;
  readonly fault: FaultKind;
  /** The last part of `X-Amz-Target`, or the method of a call without one. @default every call */
  readonly call?: string;
  /** Of the calls that it can happen to. @default 100 */
  readonly percent?: number;
  /** After so many times it happens no more. @default no end */
  readonly times?: number;
  /** Longest time of `delay` and `index-lag`, each of which takes some time up to it; of `lag` the time itself. @default 5000 */
  readonly milliseconds?: number;
}

/** What goes wrong, and the seed that decides when. */
export interface FaultPlan {
  readonly seed: number;
  readonly faults: readonly FaultRule[];
  /** Regions that nobody reaches: their services refuse every connection. @default none */
  readonly cut?: readonly string[];
  /** US dollars that budgets take to be spent in this month. @default 0 */
  readonly spent?: number;
}

/** @throws StartFault that names the member and what it may be */
export function readFaultPlan(text: string): FaultPlan {
  const { seed = 1, faults, cut = [], spent = 0 } = parse(text) as Readonly<Record<string, unknown>>;
  if (!Number.isSafeInteger(seed)) throw new StartFault('The seed of faults is a whole number.');
  if (!Array.isArray(faults)) throw new StartFault('Faults are {"seed": number, "faults": [{"at", "fault", …}]}.');
  if (!Array.isArray(cut) || !cut.every((region) => typeof region === 'string')) {
    throw new StartFault('"cut" is a list of regions.');
  }
  if (typeof spent !== 'number' || !(spent >= 0)) throw new StartFault('"spent" is a number of US dollars.');
  return { seed: seed as number, faults: faults.map(readRule), cut, spent };
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The sentence below says it.
  }
  throw new StartFault('The file of faults is not a JSON object.');
}

function readRule(given: unknown, index: number): FaultRule {
  const rule = (given ?? {}) as Record<string, unknown>;
  const where = `Fault ${index + 1}`;
  const at = oneOf(PLACES, rule.at, `${where}: "at"`);
  oneOf(faultsAt(at), rule.fault, `${where}: "fault" at ${at}`);
  const numbers = { percent: 100, times: Number.MAX_SAFE_INTEGER, milliseconds: 3_600_000 };
  for (const [member, most] of Object.entries(numbers)) requireNumber(rule[member], most, `${where}: "${member}"`);
  if (rule.call !== undefined && typeof rule.call !== 'string') throw new StartFault(`${where}: "call" is a text.`);
  const unknown = Object.keys(rule).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) throw new StartFault(`${where} has "${unknown}"; its members are ${MEMBERS.join(', ')}.`);
  return rule as unknown as FaultRule;
}

const MEMBERS = ['at', 'fault', 'call', 'percent', 'times', 'milliseconds'];

const faultsAt = (at: FaultPlace): readonly FaultKind[] => FAULTS[at as keyof typeof FAULTS] ?? FAULTS.api;

function oneOf<T extends string>(allowed: readonly T[], value: unknown, name: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new StartFault(`${name} is ${JSON.stringify(value)}; it is ${allowed.join(', ')}.`);
  return found;
}

function requireNumber(value: unknown, most: number, name: string): void {
  if (value === undefined || (typeof value === 'number' && value >= 0 && value <= most)) return;
  throw new StartFault(`${name} is ${JSON.stringify(value)}; it is a number from 0 to ${most}.`);
}

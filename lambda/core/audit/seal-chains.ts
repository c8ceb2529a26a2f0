import type { Clock } from '../kernel/clock.ts';
import { CHAINS, type ChainHead, chainName, headAfter } from './event-chain.ts';
import { END_OF_CHAIN, type EventStore } from './event-store.ts';
import { readSeal, type Seal, sealHash, sealText } from './seal.ts';

/** The text of a seal, as it is kept. */
export interface KeptSeal {
  readonly number: number;
  readonly text: string;
  readonly isSigned: boolean;
}

/** Seals where nobody can change them. */
export interface SealStore {
  readonly last: () => Promise<KeptSeal | undefined>;
  /** @returns false when there is a seal of this number: somebody else was faster */
  readonly put: (number: number, text: string) => Promise<boolean>;
  /** Keeps the first signature. */
  readonly putSignature: (number: number, signature: Uint8Array) => Promise<void>;
  /** Keeps the public key of the signatures, unless it is kept. */
  readonly keepPublicKey: (key: Uint8Array) => Promise<void>;
}

/** A key whose private half nobody has. */
export interface SealKey {
  /** ECDSA on P-256 over a SHA-256, in DER. */
  readonly sign: (text: string) => Promise<Uint8Array>;
  /** DER of a SubjectPublicKeyInfo. */
  readonly publicKey: () => Promise<Uint8Array>;
}

export interface SealDeps {
  readonly events: EventStore;
  readonly seals: SealStore;
  readonly key: SealKey;
  readonly clock: Clock;
}

/** Others that may seal at the same time: the shards of the stream, and the daily run. */
const ATTEMPTS = 8;

const DAY = 86_400_000;

/**
 * Seals the ends of all chains.
 * @param changed ends that there were; when the last seal is as far, there is nothing to do. Default: seal in any case
 * @returns whether a seal was made
 */
export async function sealChains(deps: SealDeps, changed?: readonly ChainHead[]): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const last = await deps.seals.last();
    const before = last && readSeal(last.text);
    if (last && !before) throw new Error(`Seal ${last.number} is none; somebody else put it there.`);
    if (last && !last.isSigned) await sign(deps, last);
    if (before && changed && covers(before, changed)) return false;
    if (!last) await deps.seals.keepPublicKey(await deps.key.publicKey());
    if (await putSeal(deps, before, last?.text)) return true;
  }
  throw new Error('Others sealed all the time.');
}

function covers({ heads }: Seal, changed: readonly ChainHead[]): boolean {
  const sealed = new Map(heads.map(({ chain, sequence }) => [chain, sequence]));
  return changed.every(({ chain, sequence }) => (sealed.get(chain) ?? 0) >= sequence);
}

/** The text comes before its signature: a run that dies in between is made good by the next. */
async function putSeal(deps: SealDeps, before: Seal | undefined, textBefore = ''): Promise<boolean> {
  const now = deps.clock();
  const number = (before?.number ?? 0) + 1;
  const heads = await headsOf(deps.events, now);
  const previous = textBefore && sealHash(textBefore);
  const text = sealText({ number, at: new Date(now).toISOString(), previous, heads });
  if (!(await deps.seals.put(number, text))) return false;
  await sign(deps, { number, text });
  return true;
}

const sign = async ({ seals, key }: SealDeps, { number, text }: Omit<KeptSeal, 'isSigned'>): Promise<void> =>
  seals.putSignature(number, await key.sign(text));

/** Of this year; on its first day of the year before, too, whose last events are sealed then. */
async function headsOf(events: EventStore, now: number): Promise<ChainHead[]> {
  const years = new Set([now - DAY, now].map((time) => new Date(time).toISOString()));
  const chains = [...new Set([...years].map((at) => at.slice(0, 4)))].flatMap((year) =>
    Array.from({ length: CHAINS }, (_, number) => chainName(year, number)),
  );
  const last = await Promise.all(chains.map((chain) => events.before(chain, END_OF_CHAIN, 1)));
  return last.flat().map(headAfter);
}

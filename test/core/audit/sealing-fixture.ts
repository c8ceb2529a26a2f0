import { type ChainedEvent, chainEvent, emptyChain, headAfter } from '../../../lambda/core/audit/event-chain.ts';
import { readSeal, type Seal } from '../../../lambda/core/audit/seal.ts';
import type { SealDeps } from '../../../lambda/core/audit/seal-chains.ts';
import { someEvent } from './told-events.ts';

/** A log and its seals in memory; the stores themselves are tried by the handlers' tests. */
export function sealingFixture(now: string) {
  const chains = new Map<string, ChainedEvent[]>();
  const texts: string[] = [];
  const signatures = new Map<number, string>();
  const publicKeys: Uint8Array[] = [];
  const deps: SealDeps = {
    events: {
      before: async (chain, _, limit) => (chains.get(chain) ?? []).toReversed().slice(0, limit),
      after: async () => [],
    },
    seals: {
      last: async () => {
        const text = texts.at(-1);
        return text === undefined ? undefined : { number: texts.length, text, isSigned: signatures.has(texts.length) };
      },
      put: async (number, text) => number === texts.length + 1 && texts.push(text) > 0,
      putSignature: async (number, signature) => {
        if (!signatures.has(number)) signatures.set(number, Buffer.from(signature).toString());
      },
      keepPublicKey: async (key) => void publicKeys.push(key),
    },
    key: { sign: async (text) => Buffer.from(`signed ${text}`), publicKey: async () => Buffer.from('public') },
    clock: () => Date.parse(now),
  };
  return {
    ...{ deps, texts, signatures, publicKeys },
    seals: () => texts.map((text) => readSeal(text) as Seal),
    /** @returns the chain's end */
    add: (chain: string) => {
      const events = chains.get(chain) ?? [];
      const last = events.at(-1);
      const added = chainEvent(last ? headAfter(last) : emptyChain(chain), someEvent());
      chains.set(chain, [...events, added]);
      return headAfter(added);
    },
  };
}

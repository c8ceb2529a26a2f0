import type { ChainedEvent, ChainFault, ChainHead } from '../../lambda/core/audit/event-chain.ts';
import { emptyChain, firstBreak } from '../../lambda/core/audit/event-chain.ts';
import type { Seal } from '../../lambda/core/audit/seal.ts';

/** Events in their order, by the names of their chains. */
export type Chains = ReadonlyMap<string, readonly ChainedEvent[]>;

/** The end that a chain had once. */
export type KeptHead = ChainHead;

export interface FoundFault {
  readonly chain: string;
  readonly sequence: number;
  /**
   * `cut off`: an end that was seen before is no longer there. `not sealed`: a later seal leaves it out. The others are differences
   * from the mirror; `gone` is in the mirror only.
   */
  readonly fault: ChainFault | 'cut off' | 'not sealed' | 'not as mirrored' | 'not mirrored' | 'gone';
}

export interface Verdict {
  /** The first fault of each chain; what follows it cannot be judged. */
  readonly faults: readonly FoundFault[];
  readonly events: number;
}

/**
 * Looks at every chain from its first event on. A chain begins with the last hash of the year before, if that year is given.
 * @param kept ends that were seen before
 */
export function verifyChains(chains: Chains, kept: readonly KeptHead[]): Verdict {
  const broken = [...chains].flatMap(([chain, events]): FoundFault[] => {
    const found = firstBreak(events, startOf(chain, chains, events));
    return found ? [{ chain, ...found }] : [];
  });
  const cut = kept.filter(({ chain, sequence, hash }) => chains.get(chain)?.[sequence - 1]?.hash !== hash);
  const faults = firstOfEach([
    ...broken,
    ...cut.map(({ chain, sequence }): FoundFault => ({ chain, sequence, fault: 'cut off' })),
  ]);
  return { faults, events: [...chains.values()].reduce((sum, { length }) => sum + length, 0) };
}

/** Of a list in which what was found by the chain itself comes before what was found by its ends. */
function firstOfEach(faults: readonly FoundFault[]): FoundFault[] {
  const chains = faults.map(({ chain }) => chain);
  return faults.filter(({ chain }, index) => chains.indexOf(chain) === index);
}

function startOf(chain: string, chains: Chains, events: readonly ChainedEvent[]): ChainHead {
  const yearBefore = `${Number(chain.slice(0, 4)) - 1}${chain.slice(4)}`;
  const known = chains.get(yearBefore)?.at(-1)?.hash;
  return { ...emptyChain(chain), hash: known ?? events[0]?.previous ?? '' };
}

/** Ends that seals have of the years that were read, oldest first. */
export function sealedHeads(chains: Chains, seals: readonly Seal[]): readonly KeptHead[] {
  const years = new Set([...chains.keys()].map((chain) => chain.slice(0, 4)));
  return seals.flatMap(({ heads }) => heads).filter(({ chain }) => years.has(chain.slice(0, 4)));
}

/** Milliseconds for a transaction that was under way, and for clocks that differ. */
const UNDER_WAY = 600_000;

/** What the seals say nothing of. */
export interface Unsealed {
  /** Events that were there before the last seal, the first of each chain. */
  readonly faults: readonly FoundFault[];
  /** Events that came since. */
  readonly since: number;
}

export function unsealedEvents(chains: Chains, seals: readonly Seal[]): Unsealed {
  const last = seals.at(-1);
  const ends = new Map(last?.heads.map(({ chain, sequence }) => [chain, sequence]));
  const sealedAt = Date.parse(last?.at ?? '') - UNDER_WAY;
  const unsealed = [...chains].flatMap(([chain, events]) => events.slice(ends.get(chain) ?? 0));
  const isLate = ({ chain, body }: ChainedEvent) =>
    chain.slice(0, 4) === last?.at.slice(0, 4) && Date.parse(JSON.parse(body).at) < sealedAt;
  const late = unsealed
    .filter(isLate)
    .map(({ chain, sequence }): FoundFault => ({ chain, sequence, fault: 'not sealed' }));
  return { faults: firstOfEach(late), since: unsealed.length - late.length };
}

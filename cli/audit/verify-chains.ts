import type { ChainedEvent, ChainFault, ChainHead } from '../../lambda/core/audit/event-chain.ts';
import { emptyChain, firstBreak } from '../../lambda/core/audit/event-chain.ts';

/** The end that a chain had once. */
export type KeptHead = ChainHead;

export interface FoundFault {
  readonly chain: string;
  readonly sequence: number;
  /** `cut off`: an end that was seen before is no longer there. */
  readonly fault: ChainFault | 'cut off';
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
export function verifyChains(chains: ReadonlyMap<string, readonly ChainedEvent[]>, kept: readonly KeptHead[]): Verdict {
  const broken = [...chains].flatMap(([chain, events]): FoundFault[] => {
    const found = firstBreak(events, startOf(chain, chains, events));
    return found ? [{ chain, ...found }] : [];
  });
  const cut = kept.filter(({ chain, sequence, hash }) => chains.get(chain)?.[sequence - 1]?.hash !== hash);
  const faults = [
    ...broken,
    ...cut
      .filter(({ chain }) => !broken.some((one) => one.chain === chain))
      .map(({ chain, sequence }): FoundFault => ({ chain, sequence, fault: 'cut off' })),
  ];
  return { faults, events: [...chains.values()].reduce((sum, { length }) => sum + length, 0) };
}

function startOf(
  chain: string,
  chains: ReadonlyMap<string, readonly ChainedEvent[]>,
  events: readonly ChainedEvent[],
): ChainHead {
  const yearBefore = `${Number(chain.slice(0, 4)) - 1}${chain.slice(4)}`;
  const known = chains.get(yearBefore)?.at(-1)?.hash;
  return { ...emptyChain(chain), hash: known ?? events[0]?.previous ?? '' };
}

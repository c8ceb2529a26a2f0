import { sha256Hex } from '../kernel/sha256.ts';
import type { AuditEvent } from './event.ts';

/** Chains of a year: writers that do not meet in one do not wait for each other. */
export const CHAINS = 64;

/** Marks the kind of text that is hashed, so that no other hash of ours can stand in for it. */
const DOMAIN = 'vitrine-audit-1';

/** The last event of a chain, or where an empty one begins. */
export interface ChainHead {
  /** `{year}-{chain}`. */
  readonly chain: string;
  /** 0 when the chain has no event yet. */
  readonly sequence: number;
  readonly hash: string;
}

/** One event in its place. `body` is the exact text that was hashed. */
export interface ChainedEvent {
  readonly chain: string;
  readonly sequence: number;
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
}

export const chainName = (at: string, number: number): string =>
  `${at.slice(0, 4)}-${String(number % CHAINS).padStart(2, '0')}`;

/** What the first event of a chain follows. */
export const emptyChain = (chain: string): ChainHead => ({ chain, sequence: 0, hash: '' });

/** The event as the next one of a chain. */
export function chainEvent(head: ChainHead, event: AuditEvent): ChainedEvent {
  const body = JSON.stringify(event);
  const sequence = head.sequence + 1;
  const hash = hashEvent({ chain: head.chain, sequence, previous: head.hash, body });
  return { chain: head.chain, sequence, previous: head.hash, hash, body };
}

/** Hash over everything that fixes an event's place and content. */
export function hashEvent({ chain, sequence, previous, body }: Omit<ChainedEvent, 'hash'>): string {
  return sha256Hex([DOMAIN, chain, sequence, previous, body].join('\n'));
}

/** `edited`: the event is not what was hashed. `missing`: one before it is gone, or it stands twice. `replaced`: the one before it is another. */
export type ChainFault = 'edited' | 'missing' | 'replaced';

/** Whether an event is the next one after a chain's head, and what is wrong with it if not. */
function faultOf(head: ChainHead, event: ChainedEvent): ChainFault | undefined {
  if (event.chain !== head.chain || event.sequence !== head.sequence + 1) return 'missing';
  if (event.hash !== hashEvent(event)) return 'edited';
  return event.previous === head.hash ? undefined : 'replaced';
}

export const headAfter = ({ chain, sequence, hash }: ChainedEvent): ChainHead => ({ chain, sequence, hash });

/** The first event of a chain that does not fit, by the sequence number that should stand there. */
export interface ChainBreak {
  readonly sequence: number;
  readonly fault: ChainFault;
}

/**
 * What is wrong with a chain, read in order: a changed, missing, moved or added event is found at its place. What follows it
 * cannot be judged.
 * @param start what the first event follows. Default: nothing
 * @returns undefined for a chain that is whole
 */
export function firstBreak(
  events: readonly ChainedEvent[],
  start: ChainHead = emptyChain(events[0]?.chain ?? ''),
): ChainBreak | undefined {
  let head = start;
  for (const event of events) {
    const fault = faultOf(head, event);
    if (fault) return { sequence: head.sequence + 1, fault };
    head = headAfter(event);
  }
  return undefined;
}

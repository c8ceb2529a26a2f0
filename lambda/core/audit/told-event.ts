import type { ChainedEvent } from './event-chain.ts';

/** A chained event as the API, an export and the mirror tell it. */
export interface ToldEvent {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly body: string;
}

export const toldEvent = ({ chain, sequence, previous, hash, body }: ChainedEvent): ToldEvent => ({
  ...{ chain, seq: sequence, prev: previous },
  ...{ hash, body },
});

export const chainedEvent = ({ chain, seq, prev, hash, body }: ToldEvent): ChainedEvent => ({
  ...{ chain, sequence: seq, previous: prev },
  ...{ hash, body },
});

/** One line of an export, with its end: what was hashed, character for character. */
export const jsonLine = (event: ChainedEvent): string => `${JSON.stringify(toldEvent(event))}\n`;

import { sha256Hex } from '../kernel/sha256.ts';
import type { ChainHead } from './event-chain.ts';

/** Marks the kind of text that is signed. */
const DOMAIN = 'vitrine-seal-1';

/** The ends of all chains at one time. Each seal follows the one before by its hash. */
export interface Seal {
  /** From 1. */
  readonly number: number;
  /** ISO 8601 with milliseconds and Z. */
  readonly at: string;
  /** Hash of the text of the seal before; empty for the first. */
  readonly previous: string;
  readonly heads: readonly ChainHead[];
}

/** What is signed and kept: hashes only, nothing of what happened. */
export function sealText({ number, at, previous, heads }: Seal): string {
  const lines = heads.map(({ chain, sequence, hash }) => `${chain} ${sequence} ${hash}`);
  return [DOMAIN, number, at, previous, ...lines, ''].join('\n');
}

export const sealHash = (text: string): string => sha256Hex(text);

const HEAD = /^(\d{4}-\d\d) ([1-9]\d*) ([0-9a-f]{64})$/;

/** @returns undefined for what is no text of a seal */
export function readSeal(text: string): Seal | undefined {
  const [domain, number = '', at = '', previous = '', ...rest] = text.split('\n');
  const heads = rest.slice(0, -1).flatMap((line): ChainHead[] => {
    const [, chain = '', sequence, hash = ''] = HEAD.exec(line) ?? [];
    return sequence === undefined ? [] : [{ chain, sequence: Number(sequence), hash }];
  });
  const seal = { number: Number(number), at, previous, heads };
  return domain === DOMAIN && sealText(seal) === text ? seal : undefined;
}

/**
 * How much processor time a stored picture may cost beyond its first answer. `off`: none, the first encoding stays. `normal`:
 * a better one is made when a picture is asked for again and the bytes that it saves pay for it. `most`: behind every first
 * answer, with four times the time.
 */
export const ENCODING_LEVELS = ['off', 'normal', 'most'] as const;
export type EncodingLevel = (typeof ENCODING_LEVELS)[number];

export const isEncodingLevel = (value: unknown): value is EncodingLevel => ENCODING_LEVELS.some((one) => one === value);

/** A level and its prices, in the one unit in which it pays or does not: bytes that CloudFront sends for the same money. */
export interface EncodingBudget {
  readonly level: EncodingLevel;
  /** Bytes sent that cost as much as a second of the transformer. */
  readonly bytesOfSecond: number;
  /** Bytes sent that cost as much as to store a picture once more. */
  readonly bytesOfStore: number;
}

/** Where nobody decided: what is answered is what is stored. */
export const NO_BUDGET: EncodingBudget = { level: 'off', bytesOfSecond: 0, bytesOfStore: 0 };

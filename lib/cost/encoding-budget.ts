import type { EncodingBudget, EncodingLevel } from '../../lambda/contract/encoding-budget.ts';
import { PRICES, SENT_GIGABYTE } from './prices.ts';

const GIGABYTE = 1e9;
const MEGABYTES_OF_GIGABYTE = 1024;

/**
 * What better encodings may cost, in bytes that CloudFront sends for the same money. The dearest tier of sent bytes counts: who
 * sends more pays less for each, and a better encoding then pays later than this says.
 * @param memoryMegabytes of the transformer
 */
export function encodingBudget(level: EncodingLevel, memoryMegabytes: number): EncodingBudget {
  const second = (memoryMegabytes / MEGABYTES_OF_GIGABYTE) * PRICES.lambdaGigabyteSecond.dollars;
  const store = PRICES.storageWrite.dollars + PRICES.lambdaRequest.dollars + PRICES.storageRead.dollars;
  return { level, bytesOfSecond: bytesSentFor(second), bytesOfStore: bytesSentFor(store) };
}

const bytesSentFor = (dollars: number): number => Math.round((dollars / (SENT_GIGABYTE[0]?.dollars ?? 0)) * GIGABYTE);

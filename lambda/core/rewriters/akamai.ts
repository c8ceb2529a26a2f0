import type { Translation } from './translation.ts';
import { isTaken, numbered } from './translation.ts';

const KEYS: ReadonlyMap<string, string> = new Map([
  ['imwidth', 'w'],
  ['imheight', 'h'],
]);

/**
 * Akamai Image Manager's parameters in our words (ImageKit, "Akamai URL rewriter").
 * @param text items of the query
 */
export function fromAkamai(text: string): Translation {
  const step: string[] = [];
  const dropped: string[] = [];
  for (const written of text.split('&').filter(Boolean)) {
    const [key = '', value = ''] = written.split('=');
    const item = numbered(KEYS.get(key) ?? key, value);
    if (item !== undefined && isTaken(item)) step.push(item);
    else dropped.push(written);
  }
  return { steps: [step], dropped };
}

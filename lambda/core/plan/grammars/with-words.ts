import type { Grammar, Reading } from './grammar.ts';
import { fault } from './grammar.ts';

/**
 * A grammar with a few words beside it, that mean a value or one of the other readings.
 * @param words in the order in which they are told to people
 */
export function withWords<T>(grammar: Grammar<T>, words: Readonly<Record<string, Reading<T>>>): Grammar<T> {
  const readings = new Map(Object.entries(words));
  const valued = [...readings].filter(([, reading]) => reading.kind === 'value').map(([word]) => word);
  const expected = `${grammar.expected}, or ${[...readings.keys()].join(' or ')}`;
  return {
    expected,
    parse: (text) => {
      const reading = readings.get(text) ?? grammar.parse(text);
      return reading.kind === 'fault' ? fault(expected) : reading;
    },
    format: grammar.format,
    samples: [...grammar.samples, ...valued],
  };
}

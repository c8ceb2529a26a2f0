import type { EmbeddedMetadata } from '../store/embedded-metadata.ts';

/** The text of the first of these members that has one. */
export function embeddedText(embedded: EmbeddedMetadata, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(embedded, name) ? embedded[name] : undefined;
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
  }
  return undefined;
}

/** Distinct keywords in their order. */
export function embeddedKeywords({ Keywords: keywords }: EmbeddedMetadata): readonly string[] {
  return Array.isArray(keywords) ? keywords.map(String) : keywords === undefined ? [] : [String(keywords)];
}

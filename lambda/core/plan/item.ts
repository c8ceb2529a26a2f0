/** One item of a step, split. */
export interface Item {
  readonly key: string;
  /** What stands after the key's dash, with the spaces around it; `true` when nothing does. */
  readonly text: string;
  /** As written. */
  readonly written: string;
}

/**
 * Splits an item at its first dash, or for an effect after its name. A key alone stands for `true`; an effect may leave
 * an empty value behind its dash, as SDK 6 does.
 */
export function readItem(written: string): Item {
  const key = /^(?:e-[^-]*|[^-]*)/.exec(written)?.[0] ?? written;
  const text = written.slice(key.length + 1);
  const isBare = written.length === key.length || (text === '' && key.startsWith('e-'));
  return { key: key.trim(), text: isBare ? 'true' : text, written };
}

/** The canonical text of an item: effects without a parameter have no value. */
export function writeItem(key: string, text: string): string {
  return key.startsWith('e-') && text === 'true' ? key : `${key}-${text}`;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const PATTERN = new RegExp(`^(?:\\*|(?:\\*\\.)?(?=.{1,253}$)${LABEL}(?:\\.${LABEL})+)$`);

/** A host name in ASCII and lower case, `*.` before one for all below it, or `*`. Addresses are not names. */
export function isHostPattern(text: string): boolean {
  return PATTERN.test(text) && !/\.\d+$/.test(text);
}

/**
 * Whether a host is among patterns. Compared is the host as the URL parser gives it (ASCII, lower case), so that other
 * spellings (escapes, full-width dots, capitals) are the same host, and a dot at the end is another one.
 */
export function matchesHost(patterns: readonly string[], host: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === host ||
      (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1),
  );
}

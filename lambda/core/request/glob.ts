/**
 * Patterns of URL paths: `*` is any run of characters within a segment, `**` one across segments, `?` one character of a
 * segment. Between slashes `**` may also stand for nothing, so `/a/**\/b` takes `/a/b`. Everything else is itself.
 *
 * The time is bounded by length of text times length of pattern, whatever both are: all places of the pattern that the
 * text may have reached are followed at once, so nothing is ever tried again. Regular expressions promise no such thing,
 * and this runs on every request. A character beyond U+FFFF counts as two.
 */
export function globMatches(pattern: string, text: string): boolean {
  const seen: number[] = [];
  let places: number[] = [];
  reach(pattern, 0, 0, places, seen);
  for (let at = 0; at < text.length && places.length; at++) {
    const character = text[at];
    const next: number[] = [];
    for (let index = 0; index < places.length; index++) {
      const place = places[index] as number;
      const token = pattern[place];
      if (token === '*') {
        if (character !== '/' || pattern[place + 1] === '*') reach(pattern, place, at + 1, next, seen);
      } else if (token === character || (token === '?' && character !== '/')) {
        reach(pattern, place + 1, at + 1, next, seen);
        if (pattern.substring(place, place + 4) === '/**/') reach(pattern, place + 4, at + 1, next, seen);
      }
    }
    places = next;
  }
  return places.indexOf(pattern.length) >= 0;
}

/** Adds a place, and those after stars that stand for nothing, unless this step (`at`) has been there. */
function reach(pattern: string, place: number, at: number, places: number[], seen: number[]): void {
  if (seen[place] === at) return;
  seen[place] = at;
  places.push(place);
  if (pattern[place] !== '*') return;
  const across = pattern[place + 1] === '*';
  reach(pattern, place + (across ? 2 : 1), at, places, seen);
}

/**
 * A canonical path as patterns see it: in lower case and without dots and blanks at the ends of segments, because origins
 * on file systems that fold these would deliver a blocked file under another spelling.
 */
export function foldPath(path: string): string {
  return path
    .toLowerCase()
    .split('/')
    .map((segment) => (/^([\s\S]*[^. ])?/.exec(segment) as RegExpExecArray)[0])
    .join('/');
}

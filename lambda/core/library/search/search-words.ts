/**
 * The words of a text: compatibility forms made one (NFKC), lower case, split at everything but letters and digits. Marks
 * are part of the letter before them. Each character is lowered alone, so that the words of a beginning are a beginning.
 */
export function searchWords(text: string): string[] {
  const folded = [...text.normalize('NFKC')].map((character) => character.toLowerCase()).join('');
  return folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

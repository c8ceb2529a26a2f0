import { thumbHashToRGBA } from 'thumbhash';

/** Placeholders that are kept decoded. */
const KEPT = 500;

const known = new Map<string, string>();

let canvas: HTMLCanvasElement | undefined;

/** A thumbhash as the URL of a tiny picture. @param hash base64. @returns undefined for one that is none */
export function placeholderOf(hash: string): string | undefined {
  const found = known.get(hash);
  if (found !== undefined) return found;
  const made = decode(hash);
  if (made === undefined) return undefined;
  known.set(hash, made);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  return made;
}

function decode(hash: string): string | undefined {
  try {
    const { w, h, rgba } = thumbHashToRGBA(Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)));
    canvas ??= document.createElement('canvas');
    [canvas.width, canvas.height] = [w, h];
    canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
    return canvas.toDataURL();
  } catch {
    return undefined;
  }
}

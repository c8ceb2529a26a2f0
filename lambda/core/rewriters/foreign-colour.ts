/**
 * Colours of other products: names in any case, or hexadecimal digits of which one pair or digit may be the opacity. Ours has
 * it last and in percent up to 99 (ImageKit, "URL rewriters").
 */

/** `red`, `rgb:AAAA54`, `rgb:B4F`, with the opacity behind it: `rgb:AAAA54A9`, `rgb:B4F9`. */
export function cloudinaryColour(text: string): string | undefined {
  const digits = /^rgb:([0-9a-f]+)$/i.exec(text)?.[1];
  return digits === undefined ? named(text) : hexadecimal(doubled(digits));
}

/** `red`, `AAAA54`, `B4F`, with the opacity before it: `A9AAAA54`, `9B4F`. */
export function imgixColour(text: string): string | undefined {
  if (!/^[0-9a-f]{3,8}$/i.test(text) || text.length === 5 || text.length === 7) return named(text);
  const digits = doubled(text);
  return hexadecimal(digits.length === 8 ? digits.slice(2) + digits.slice(0, 2) : digits);
}

const named = (text: string): string | undefined => (/^[a-z]+$/i.test(text) ? text.toLowerCase() : undefined);

const doubled = (digits: string): string => (digits.length < 5 ? digits.replace(/./g, '$&$&') : digits).toUpperCase();

/** @param digits with the opacity behind them, if there is one */
function hexadecimal(digits: string): string | undefined {
  if (digits.length !== 6 && digits.length !== 8) return undefined;
  const opacity = digits.slice(6);
  if (opacity === '' || opacity === 'FF') return digits.slice(0, 6);
  const percent = Math.min(99, Math.round((Number.parseInt(opacity, 16) / 255) * 100));
  return digits.slice(0, 6) + String(percent).padStart(2, '0');
}

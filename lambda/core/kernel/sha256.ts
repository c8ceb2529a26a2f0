import { createHash } from 'node:crypto';

/** In lower-case hexadecimal. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

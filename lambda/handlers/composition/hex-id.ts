import { randomBytes } from 'node:crypto';

/** 24 hexadecimal characters. */
export const hexId = (): string => randomBytes(12).toString('hex');

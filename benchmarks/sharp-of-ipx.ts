import { createRequire } from 'node:module';
import type Sharp from 'sharp';

/** The sharp that ipx loads: a version of its own, which is the one to be held to one thread and no cache. */
export const sharpOfIpx = (): typeof Sharp => createRequire(import.meta.resolve('ipx'))('sharp') as typeof Sharp;

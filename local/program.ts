import type { Program } from 'local-cloud';

export const PROGRAM: Program = { name: 'vitrine', environmentPrefix: 'VITRINE', script: 'start.mjs' };

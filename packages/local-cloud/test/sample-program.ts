import type { Program } from '../src/program.ts';

export const PROGRAM: Program = { name: 'sample', environmentPrefix: 'SAMPLE', script: 'start.mjs' };

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idleCost, sumOf } from '../lib/cost/idle-cost.ts';
import { VitrineApp } from '../lib/vitrine-app.ts';

/* Prints what the configured deployment costs in a month without traffic, free tiers left out. */
const app = new VitrineApp({ context: { 'vitrine:guards': 'off', 'vitrine:sharp-layer': 'placeholder' } });
const { directory, stacks } = app.synth();
const lines = idleCost(
  stacks.map(({ templateFile }) => JSON.parse(readFileSync(join(directory, templateFile), 'utf8'))),
);
for (const { what, dollars } of lines) console.log(`${dollars.toFixed(2).padStart(8)}  ${what}`);
console.log(
  `${sumOf(lines).toFixed(2).padStart(8)}  US dollars a month without traffic, profile ${app.config.profile}`,
);

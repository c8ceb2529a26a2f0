import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callCost } from '../lib/cost/call-cost.ts';
import { idleCost, sumOf } from '../lib/cost/idle-cost.ts';
import { VitrineApp } from '../lib/vitrine-app.ts';

/* Prints what the configured deployment costs in a month without traffic, and a million calls of its API; free tiers are left out. */
const app = new VitrineApp({ context: { 'vitrine:guards': 'off', 'vitrine:sharp-layer': 'placeholder' } });
const { directory, stacks } = app.synth();
const templates = stacks.map(({ templateFile }) => JSON.parse(readFileSync(join(directory, templateFile), 'utf8')));
const lines = idleCost(templates);
for (const { what, dollars } of lines) console.log(`${dollars.toFixed(2).padStart(8)}  ${what}`);
console.log(
  `${sumOf(lines).toFixed(2).padStart(8)}  US dollars a month without traffic, profile ${app.config.profile}`,
);
console.log(
  `${sumOf(callCost(templates)).toFixed(2).padStart(8)}  US dollars a million calls of the API, without what they do`,
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callCost } from '../../lib/cost/call-cost.ts';
import { type CostLine, idleCost, sumOf } from '../../lib/cost/idle-cost.ts';
import { type AskedTraffic, type Traffic, usualTraffic } from '../../lib/cost/traffic.ts';
import { trafficCost } from '../../lib/cost/traffic-cost.ts';
import { VENDORS } from '../../lib/cost/vendors.ts';
import { VitrineApp } from '../../lib/vitrine-app.ts';

const OPTIONS = {
  requests: { about: 'requests for pictures', member: 'requests' },
  hit: { about: 'part that the CDN answers from its cache, 0 to 1', member: 'hit' },
  'answer-bytes': { about: 'bytes of an answer', member: 'answerBytes' },
  renders: { about: 'variants rendered', member: 'renders' },
  'render-seconds': { about: 'seconds of one of them', member: 'renderSeconds' },
  uploads: { about: 'uploads', member: 'uploads' },
  'original-bytes': { about: 'bytes of an original', member: 'originalBytes' },
  originals: { about: 'originals kept', member: 'originals' },
  variants: { about: 'variants kept', member: 'variants' },
  'api-calls': { about: 'calls of the API besides uploads', member: 'apiCalls' },
} as const satisfies Record<string, { about: string; member: keyof Traffic }>;

export const COST_HELP = `Usage: vitrine cost [--requests N] [--hit PART] [OPTIONS]

Computes the month's bill of the deployment that cdk.json describes, from the price table in lib/cost/prices.ts. Free tiers
are left out. Without --requests it is the bill of a month without traffic.

${Object.entries(OPTIONS)
  .map(([name, { about, member }]) => `  --${name.padEnd(15)} ${about}${defaultOf(member)}`)
  .join('\n')}

Numbers may be written as 100e6.
`;

/** Runs the verb. @returns the exit code: 0 computed, 2 the call is wrong */
export function cost(args: readonly string[], print: (text: string) => void): number {
  const asked = readArguments(args);
  if (asked === 'help') {
    print(COST_HELP);
    return 0;
  }
  if (typeof asked === 'string') {
    print(`${asked}\n\n${COST_HELP}`);
    return 2;
  }
  const { templates, profile } = synthesized();
  const idle = idleCost(templates);
  if (asked.requests === 0) {
    print(bill(idle, `a month without traffic, profile ${profile}`));
    print(row(sumOf(callCost(templates)), 'a million calls of the API, without what they do'));
    return 0;
  }
  print(bill([...idle, ...trafficCost(templates, asked)], `a month, profile ${profile}, US dollars`));
  for (const { name, dollars } of VENDORS) print(row(dollars(asked), `${name}, by its public prices`));
  return 0;
}

function defaultOf(member: keyof Traffic): string {
  if (member === 'renders') return '. Default: a tenth of what the CDN cannot answer';
  return `. Default: ${usualTraffic({ requests: 0 })[member]}`;
}

/** @returns the traffic, or what is wrong with the call */
function readArguments(args: readonly string[]): Traffic | string {
  const options = Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean' } } });
  if (values.help) return 'help';
  const asked: Partial<Record<keyof Traffic, number>> = {};
  for (const [name, text] of Object.entries(values as Record<string, string>)) {
    const { member } = OPTIONS[name as keyof typeof OPTIONS];
    const most = member === 'hit' ? 1 : Number.MAX_SAFE_INTEGER;
    const value = text === '' ? Number.NaN : Number(text);
    if (!(value >= 0 && value <= most)) return `--${name} takes a number from 0 to ${most}, not "${text}".`;
    asked[member] = value;
  }
  return usualTraffic({ requests: 0, ...asked } satisfies AskedTraffic);
}

function synthesized() {
  const app = new VitrineApp({ context: { 'vitrine:guards': 'off', 'vitrine:sharp-layer': 'placeholder' } });
  const { directory, stacks } = app.synth();
  const templates = stacks.map(({ templateFile }) => JSON.parse(readFileSync(join(directory, templateFile), 'utf8')));
  return { templates, profile: app.config.profile };
}

const bill = (lines: readonly CostLine[], total: string): string =>
  `${lines.map(({ dollars, what }) => row(dollars, what)).join('')}${row(sumOf(lines), total)}`;

const row = (dollars: number, what: string): string => `${dollars.toFixed(2).padStart(11)}  ${what}\n`;

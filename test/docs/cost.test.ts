import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { idleCost, sumOf } from '../../lib/cost/idle-cost.ts';
import { usualTraffic } from '../../lib/cost/traffic.ts';
import { trafficCost } from '../../lib/cost/traffic-cost.ts';
import { VENDORS } from '../../lib/cost/vendors.ts';
import { ROOT } from '../architecture/sources.ts';
import { vitrineApp } from '../lib/vitrine-fixture.ts';

const PROFILES = ['small', 'guarded'] as const;
const PAGES = ['README.md', 'docs/cost.md'];
const PLACE = /(<!-- traffic -->\n)[\s\S]*?(<!-- end -->)/;

function templatesOf(profile: (typeof PROFILES)[number]) {
  const app = vitrineApp({ vitrine: { profile } });
  return [...app.regions, app.edge].map((stack) => Template.fromStack(stack).toJSON());
}

const written = (dollars: number): string => Math.round(dollars).toLocaleString('en');

function table(): string {
  const templates = PROFILES.map(templatesOf);
  const rows = [1e6, 100e6, 1000e6].map((requests) => {
    const traffic = usualTraffic({ requests });
    const ours = templates.map((each) => sumOf([...idleCost(each), ...trafficCost(each, traffic)]));
    const others = VENDORS.map(({ dollars }) => dollars(traffic));
    return `| ${(requests / 1e6).toLocaleString('en')} million | ${[...ours, ...others].map(written).join(' | ')} |`;
  });
  const columns = [...PROFILES.map((profile) => `\`${profile}\``), ...VENDORS.map(({ name }) => name)];
  return [`| requests | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---:|').join('')}`, ...rows, ''].join(
    '\n',
  );
}

it('the README and its page say what the price table gives', () => {
  const expected = table();
  for (const page of PAGES) {
    const file = join(ROOT, page);
    const text = readFileSync(file, 'utf8');
    const made = text.replace(PLACE, (_, before, after) => `${before}${expected}${after}`);
    if (process.env.UPDATE_DOCS) writeFileSync(file, made);

    expect(text).toMatch(PLACE);
    expect(readFileSync(file, 'utf8')).toBe(made);
  }
});

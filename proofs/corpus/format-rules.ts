import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../docs/formats.md');

/**
 * The heading under which `docs/formats.md` explains a refusal, by the code of its problem: the first section that names the
 * code in backticks.
 */
export function formatRules(page = readFileSync(PAGE, 'utf8')): ReadonlyMap<string, string> {
  const rules = new Map<string, string>();
  for (const section of page.split(/^## /m).slice(1)) {
    const heading = section.slice(0, section.indexOf('\n'));
    for (const [, code = ''] of section.matchAll(/`([a-z]+\.[a-z-]+)`/g)) {
      if (!rules.has(code)) rules.set(code, heading);
    }
  }
  return rules;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INTERNAL_NAMES, INTERNAL_NAMES_PATTERN } from '../../../lib/bundling/internal-names.ts';
import { PROJECT_ROOT } from '../../../lib/vitrine-context.ts';

/** Names that the language gives to its own objects: whatever is there at the edge is here, too. */
function languageNames(): Set<string> {
  const owners = [Object, String, Number, Boolean, Array, Date, RegExp, Promise, Symbol, Error, Uint8Array, Buffer];
  const objects = [Math, JSON, console, ...owners, ...owners.map((owner) => owner.prototype)];
  return new Set(objects.flatMap((object) => Object.getOwnPropertyNames(object)));
}

/** Members that a type of the sources has. */
function membersIn(file: string, type: string): string[] {
  const text = readFileSync(join(PROJECT_ROOT, file), 'utf8');
  const body = new RegExp(`interface ${type} \\{(.*?)\\n *\\}`, 's').exec(text)?.[1] ?? '';
  return [...body.matchAll(/^ *(?:readonly )?(\w+)[?(]*:?/gm)].map(([, name = '']) => name);
}

describe('names that the edge bundle shortens', () => {
  it('are not those of values that come as JSON', () => {
    const settings = membersIn('lambda/contract/edge.ts', 'EndpointSettings');

    expect(settings).toContain('paused');
    expect(settings.filter((name) => INTERNAL_NAMES_PATTERN.test(name))).toEqual([]);
  });

  it('are not CloudFront’s', () => {
    const types = ['KeyValueStore', 'Value', 'Request', 'Response', 'RequestEvent', 'ResponseEvent'];
    const names = types.flatMap((type) => membersIn('lambda/edge/cloudfront-functions.d.ts', type));

    expect(names).toContain('querystring');
    expect(names.filter((name) => INTERNAL_NAMES_PATTERN.test(name))).toEqual([]);
  });

  it('are not the language’s', () => {
    const names = languageNames();

    expect(names).toContain('forEach');
    expect(INTERNAL_NAMES.filter((name) => names.has(name))).toEqual([]);
  });

  it('are members of the code that both run, each one', () => {
    const folder = join(PROJECT_ROOT, 'lambda/core/request');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');

    expect(INTERNAL_NAMES.filter((name) => !new RegExp(`\\b${name}\\??:`).test(text))).toEqual([]);
  });
});

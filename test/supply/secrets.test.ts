import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/sources.ts';
import { templatesOf, vitrineApp } from '../lib/vitrine-fixture.ts';

/** Lines that look like a secret and are none. */
const NO_SECRETS: readonly string[] = [
  'test/adapters/signed-http/sigv4.lean.test.ts aws: the key of AWS’s own examples of signatures',
  'test/core/webhooks/webhook.test.ts basicauth: an address that is refused for its password',
  'test/remote/guarded-fetch.test.ts basicauth: an address that is refused for its password',
];

/** @returns the kind of each secret in a text */
async function secretsIn(text: string, filePath: string): Promise<string[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath, contentType: 'text', ext: '' },
    options: { noPhysicFilePath: true, config: { rules: [{ id: 'recommended', rule: creator, options: {} }] } },
  });
  return messages.map(({ ruleId }) => ruleId.slice(ruleId.lastIndexOf('-') + 1));
}

/** Text files of the repository as they are now; a picture has no secret that these rules could read. */
const textFiles = () =>
  execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64_000_000 })
    .split('\0')
    .filter(Boolean)
    .map((path) => ({ path, bytes: readFileSync(join(ROOT, path)) }))
    .filter(({ bytes }) => !bytes.includes(0));

/* SUP-003 of the attack catalogue. */
describe('a secret', () => {
  it('is found where there is one', async () => {
    const [name, pem] = ['aws_secret_access' + '_key', 'RSA PRIVATE' + ' KEY'];

    expect(await secretsIn(`${name} = ${'wJalrXUtnF'.repeat(4)}`, 'a.txt')).toEqual(['aws']);
    const key = `-----BEGIN ${pem}-----\n${'MIIEabc123'.repeat(40)}\n-----END ${pem}-----\n`;
    expect(await secretsIn(key, 'a.txt')).toEqual(['privatekey']);
  });

  it('is in no file of the repository', async () => {
    const found = new Set<string>();
    for (const { path, bytes } of textFiles()) {
      for (const kind of await secretsIn(bytes.toString('utf8'), path)) found.add(`${path} ${kind}`);
    }

    expect([...found].sort()).toEqual(NO_SECRETS.map((line) => line.slice(0, line.indexOf(':'))));
  });

  it('is in no template: functions find it by its name when they run', async () => {
    const { region, edge } = templatesOf(vitrineApp());
    const templates = [region, edge].map((one) => one.toJSON());

    for (const template of templates) expect(await secretsIn(JSON.stringify(template, null, 1), 'a.json')).toEqual([]);
    const variables = templates
      .flatMap(({ Resources }) => Object.values<{ Type: string; Properties: Properties }>(Resources))
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .flatMap(({ Properties }) => Object.entries(Properties.Environment?.Variables ?? {}));
    const named = variables.filter(([name]) => /SECRET|PASSWORD|TOKEN|CREDENTIAL|PRIVATE/.test(name));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(([name, value]) => typeof value === 'string' && !name.endsWith('_NAME'))).toEqual([]);
  });
});

interface Properties {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}

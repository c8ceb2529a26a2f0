import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '../src/cloud.ts';
import { samplePlan, sampleResource } from './sample-plan.ts';
import { PROGRAM } from './sample-program.ts';

const PLAN = samplePlan(
  sampleResource('AWS::S3::Bucket', 'originals'),
  sampleResource('AWS::SecretsManager::Secret', 'secret', { SecretString: 'hidden' }),
  sampleResource('AWS::SecretsManager::Secret', 'generated', { GenerateSecretString: {} }),
  sampleResource('AWS::DynamoDB::GlobalTable', 'library', {
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  }),
);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const start = (plan = PLAN): Promise<Cloud> => startCloud({ plan, folder, program: PROGRAM, log: () => {} });

const children = () => readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();

describe('a cloud', () => {
  it('keeps secrets and tables from one start to the next', async () => {
    const first = await start();
    const generated = first.secretValue('generated');
    await first.close();

    const second = await start();

    expect(second.secretValue('secret')).toBe('hidden');
    expect(generated).toMatch(/^.{32}$/);
    expect(second.secretValue('generated')).toBe(generated);
    await second.close();
  });

  it('names a file that cannot be read, and closes what had started', async () => {
    writeFileSync(join(folder, 'secrets.json'), '{ "secrets": ');
    const before = children();

    await expect(start()).rejects.toThrow(
      `${join(folder, 'secrets.json')} is damaged. Restore it from a copy, or move the whole state folder away to begin anew.`,
    );

    expect(children()).toBe(before);
    rmSync(join(folder, 'secrets.json'));
    await (await start()).close();
  });

  it('notices a flipped bit in a secret', async () => {
    await (await start()).close();
    const file = join(folder, 'secrets.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('hidden', 'hiddeo'));

    await expect(start()).rejects.toThrow(`${file} is damaged.`);
  });

  it.each(['dynamodb.sqlite', 'secrets.json', 's3/metadata.db'])('does not begin anew without %s', async (file) => {
    await (await start()).close();
    writeFileSync(join(folder, 's3', 'blobs', 'an-object'), 'x');
    rmSync(join(folder, file));

    await expect(start()).rejects.toThrow(`${join(folder, file)} is missing or empty`);
  });

  it('needs neither a distribution nor an HTTP API', async () => {
    const cloud = await start();

    expect(cloud.distributions).toEqual([]);
    await cloud.close();
  });
});

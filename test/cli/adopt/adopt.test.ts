import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { adopt } from '../../../cli/adopt/adopt.ts';
import { templatesOf, vitrineApp } from '../../lib/vitrine-fixture.ts';

/* A real template of this app, and the list that AWS would print of what an earlier stack left. */
const folder = mkdtempSync(join(tmpdir(), 'vitrine-adopt-'));
afterAll(() => rmSync(folder, { recursive: true }));

const template = templatesOf(vitrineApp()).region.toJSON();
writeFileSync(join(folder, 'vitrine-eu-west-1.template.json'), JSON.stringify(template));

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const SEAL_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/66666666-7777-8888-9999-000000000000';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:CredentialsSecret40F8BB41-abc-X1y2Z3';
const KEPT = [
  ['arn:aws:s3:::vitrine-eu-west-1-originalsbucket0d7d99c8-abc', 'Originals/Bucket'],
  ['arn:aws:dynamodb:eu-west-1:123456789012:table/vitrine-eu-west-1-LibraryTable-ABC', 'Library/Table'],
  ['arn:aws:dynamodb:eu-west-1:123456789012:table/vitrine-eu-west-1-AuditTable-ABC', 'Audit/Table'],
  ['arn:aws:dynamodb:eu-west-1:123456789012:table/vitrine-accounts', 'Accounts/Table'],
  ['arn:aws:s3:::vitrine-eu-west-1-auditcopybucketf66f1bd5-abc', 'AuditCopy/Bucket'],
  [KEY, 'OriginCredentials/Key'],
  [SEAL_KEY, 'SealKey/Key'],
  [SECRET, 'Credentials/Secret'],
] as const;

function run(kept: readonly (readonly [string, string])[], ...more: string[]) {
  const list = kept.map(([ResourceARN, path]) => ({
    ResourceARN,
    Tags: [{ Key: 'vitrine:kept', Value: path.includes('-') ? path : `vitrine-eu-west-1/${path}` }],
  }));
  writeFileSync(join(folder, 'kept.json'), JSON.stringify({ ResourceTagMappingList: list }));
  let printed = '';
  const given = ['--stack', 'vitrine-eu-west-1', '--kept', join(folder, 'kept.json'), '--assembly', folder];
  const code = adopt([...given, '--out', join(folder, 'out'), ...more], (text) => (printed += text));
  return { code, printed };
}

const written = (name: string) =>
  JSON.parse(readFileSync(join(folder, 'out', `vitrine-eu-west-1.${name}.json`), 'utf8'));

describe('vitrine adopt', () => {
  it('writes a change set that imports everything an earlier stack left, and nothing else', () => {
    expect(run(KEPT).code).toBe(0);

    const identifiers = Object.fromEntries(
      written('resources').map((one: Record<string, string>) => [one.LogicalResourceId, one.ResourceIdentifier]),
    );
    expect(identifiers).toEqual({
      OriginalsBucket0D7D99C8: { BucketName: 'vitrine-eu-west-1-originalsbucket0d7d99c8-abc' },
      LibraryTableDD80DB24: { TableName: 'vitrine-eu-west-1-LibraryTable-ABC' },
      AuditTable18A3095C: { TableName: 'vitrine-eu-west-1-AuditTable-ABC' },
      AccountsTableF2DFB3F6: { TableName: 'vitrine-accounts' },
      AuditCopyBucketF66F1BD5: { BucketName: 'vitrine-eu-west-1-auditcopybucketf66f1bd5-abc' },
      SealKeyC5072D71: { KeyId: '66666666-7777-8888-9999-000000000000' },
      OriginCredentialsKeyFCA8A209: { KeyId: '11111111-2222-3333-4444-555555555555' },
      CredentialsSecret40F8BB41: { Id: SECRET },
    });
    const { Resources } = written('template');
    expect(Object.keys(Resources).sort()).toEqual(Object.keys(identifiers).sort());
  });

  it('leaves each resource as the deployment afterwards has it, with the policy that an import asks for', () => {
    run(KEPT);

    for (const [id, resource] of Object.entries<Record<string, unknown>>(written('template').Resources)) {
      expect(resource).toEqual(template.Resources[id]);
      expect(resource.DeletionPolicy).toBe('RetainExceptOnCreate');
      expect(JSON.stringify(resource)).not.toContain('Fn::GetAtt');
    }
  });

  it('finds a place for every resource that a deleted stack leaves', () => {
    const left = Object.entries<{ DeletionPolicy?: string }>(template.Resources).filter(([, { DeletionPolicy }]) =>
      DeletionPolicy?.startsWith('Retain'),
    );

    run(KEPT);
    expect(Object.keys(written('template').Resources).sort()).toEqual(left.map(([id]) => id).sort());
  });

  it('says what was not kept, and prints the calls', () => {
    const { code, printed } = run(KEPT.slice(0, 1));

    expect(code).toBe(0);
    expect(printed).toContain('Nothing was kept as vitrine-eu-west-1/Library/Table');
    expect(printed).toContain('--change-set-type IMPORT');
  });

  it('takes nothing of another deployment or region', () => {
    const { code, printed } = run([['arn:aws:s3:::pictures', 'pictures-eu-west-1/Originals/Bucket']]);

    expect([code, printed]).toEqual([1, 'No resource in the list was kept for this stack.\n']);
  });

  it('asks which one when two generations are there', () => {
    const two = [...KEPT, ['arn:aws:s3:::older', 'Originals/Bucket']] as const;
    const { code, printed } = run(two);

    expect(code).toBe(1);
    expect(printed).toContain('arn:aws:s3:::older. Name one of them with --take.');
    expect(run(two, '--take', 'arn:aws:s3:::older').code).toBe(0);
    expect(JSON.stringify(written('resources'))).toContain('"BucketName":"older"');
  });

  it('explains itself', () => {
    let printed = '';
    expect(adopt([], (text) => (printed += text))).toBe(2);
    expect(printed).toContain('Usage: vitrine adopt');
  });
});

import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AccountsTable } from '../../../../lib/constructs/accounts/accounts-table.ts';
import { UploadIngest } from '../../../../lib/constructs/api/upload-ingest.ts';
import { SharpLayer } from '../../../../lib/constructs/delivery/sharp-layer.ts';
import { EdgeCallers } from '../../../../lib/constructs/edge/edge-callers.ts';
import { AuditTable } from '../../../../lib/constructs/storage/audit-table.ts';
import { LibraryTable } from '../../../../lib/constructs/storage/library-table.ts';
import { OriginalsBucket } from '../../../../lib/constructs/storage/originals-bucket.ts';
import { VariantsBucket } from '../../../../lib/constructs/storage/variants-bucket.ts';
import { constructStack, environmentIn, grantedIn } from '../../construct-stack.ts';
import { fixtureCode } from '../../fixture-code.ts';

function ingestStack(): { readonly stack: Stack; readonly originals: OriginalsBucket } {
  const stack = constructStack();
  const originals = new OriginalsBucket(stack, 'Originals');
  new UploadIngest(stack, 'Uploads', {
    code: fixtureCode().handler('ingest'),
    sharpLayer: new SharpLayer(stack, 'Sharp', { code: fixtureCode().sharpLayer() }).layer,
    declaredTypes: 'refuse',
    embeddedFields: { tags: 'keywords' },
    originals,
    variants: new VariantsBucket(stack, 'Variants', { deployment: 'vitrine', days: 90 }),
    library: new LibraryTable(stack, 'Library'),
    audit: new AuditTable(stack, 'Audit'),
    accounts: new AccountsTable(stack, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' }),
    edgeCallers: new EdgeCallers(stack, 'EdgeCallers', { deployment: 'vitrine' }),
  });
  return { stack, originals };
}

describe('the ingest of uploads', () => {
  it('is woken by objects below media/ and uploads/ of the originals bucket', () => {
    const { stack, originals } = ingestStack();

    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: {
          bucket: { name: [stack.resolve(originals.bucket.bucketName)] },
          object: { key: [{ prefix: 'media/' }, { prefix: 'uploads/' }] },
        },
      },
      State: 'ENABLED',
    });
  });

  it('may be called by its rule only', () => {
    const template = Template.fromStack(ingestStack().stack);

    const [rule] = Object.keys(template.findResources('AWS::Events::Rule'));
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [rule, 'Arn'] },
    });
  });

  it('may read originals, take them back, and make them of what forms brought', () => {
    const { stack, originals } = ingestStack();
    const objects = JSON.stringify(stack.resolve(originals.bucket.arnForObjects('media/*')));
    const rights = grantedIn(stack).filter((statement) => JSON.stringify(statement).includes(objects));

    expect(rights).toMatchObject([
      {
        Action: [
          's3:AbortMultipartUpload',
          's3:DeleteObject',
          's3:DeleteObjectVersion',
          's3:GetObject',
          's3:PutObject',
        ],
      },
    ]);
  });

  it('knows everything that its handler asks for', () => {
    expect(Object.keys(environmentIn(ingestStack().stack)).sort()).toEqual([
      'MALLOC_ARENA_MAX',
      'VITRINE_ACCOUNTS_REGION',
      'VITRINE_ACCOUNTS_TABLE',
      'VITRINE_AUDIT_TABLE',
      'VITRINE_EDGE_PARAMETER',
      'VITRINE_EMBEDDED_FIELDS',
      'VITRINE_LIBRARY_TABLE',
      'VITRINE_ORIGINALS_BUCKET',
      'VITRINE_TYPE_POLICY',
      'VITRINE_VARIANTS_BUCKET',
    ]);
  });
});

import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { vitrineApp } from '../vitrine-fixture.ts';

/** Types whose resources hold what nobody can make again. */
const STATEFUL = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
];

/** What can be made again, or is no data of the owner's. */
const MADE_AGAIN = /^(VariantsBucket|LargeUploads.*Code|UploadOrigin)/;

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

const DEPLOYED = ['vitrine-eu-west-1', 'vitrine-us-west-2', 'vitrine-edge'];

/** Everything that a deployment can have, after its first deployment. */
function stacksOf() {
  const app = vitrineApp({
    'vitrine:deployed': DEPLOYED,
    vitrine: {
      regions: ['eu-west-1', 'us-west-2'],
      people: { mailFrom: 'vitrine@example.com' },
      apiDomain: { name: 'api.example.com', certificateArn },
      backup: { destinations: { 'eu-west-1': { bucket: 'acme-one' }, 'us-west-2': { bucket: 'acme-two' } } },
      largeUploads: 'web',
      spendCeiling: 100,
    },
  });
  return [...app.regions, app.edge];
}

describe('cdk destroy loses no data', () => {
  const stacks = stacksOf();
  const resources = stacks.flatMap((stack) =>
    STATEFUL.flatMap((type) =>
      Object.entries(Template.fromStack(stack).findResources(type)).map(([id, resource]) => ({
        stack,
        type,
        id,
        resource,
      })),
    ),
  );
  const kept = resources.filter(({ id }) => !MADE_AGAIN.test(id));

  it('every resource that holds data outlives its stack, and an update that would replace it', () => {
    expect(kept.length).toBeGreaterThan(15);
    const lost = kept.filter(
      ({ resource }) =>
        !['Retain', 'RetainExceptOnCreate'].includes(resource.DeletionPolicy) ||
        resource.UpdateReplacePolicy !== 'Retain',
    );

    expect(lost.map(({ id }) => id)).toEqual([]);
  });

  it('what goes with its stack is known by name', () => {
    const gone = resources.filter(({ resource }) => resource.DeletionPolicy === 'Delete').map(({ id }) => id);

    expect(gone.filter((id) => !MADE_AGAIN.test(id))).toEqual([]);
    expect(gone.filter((id) => id.startsWith('VariantsBucket'))).toHaveLength(2);
  });

  it('tables are protected from deletion by themselves, too', () => {
    const tables = kept.filter(({ type }) => type === 'AWS::DynamoDB::GlobalTable');

    expect(tables.length).toBeGreaterThan(4);
    for (const { resource, id } of tables) {
      expect(resource.Properties.Replicas[0].DeletionProtectionEnabled, id).toBe(true);
    }
  });

  it('stacks of regions are protected from termination', () => {
    expect(stacks.map(({ terminationProtection }) => terminationProtection === true)).toEqual([true, true, false]);
  });
});

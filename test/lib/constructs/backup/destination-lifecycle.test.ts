import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { destinationLifecycle } from '../../../../lib/constructs/backup/destination-lifecycle.ts';
import { OriginalsBucket } from '../../../../lib/constructs/storage/originals-bucket.ts';
import { constructStack } from '../../construct-stack.ts';

it('the lifecycle of the bucket ends records as that of the originals does', () => {
  const stack = constructStack();
  new OriginalsBucket(stack, 'Originals').keepRecordsForDays();
  const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
  const ofRecords = bucket?.Properties.LifecycleConfiguration.Rules.filter(({ Prefix = '' }: { Prefix?: string }) =>
    Prefix.startsWith('records/'),
  );

  const told = destinationLifecycle.Rules.map(({ ID, Status, Filter, ...action }) => ({
    ...{ Id: ID, Status, Prefix: Filter.Prefix },
    ...('Expiration' in action && { ExpirationInDays: action.Expiration.Days }),
    ...('NoncurrentVersionExpiration' in action && action),
  }));
  expect(ofRecords).toEqual(told);
});

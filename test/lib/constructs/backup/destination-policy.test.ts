import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { destinationPolicy } from '../../../../lib/constructs/backup/destination-policy.ts';
import { vitrineApp } from '../../vitrine-fixture.ts';

const BUCKET = 'acme-backup';
const regions = ['eu-west-1', 'us-west-2'];
const destinations = {
  'eu-west-1': { bucket: BUCKET, account: '111122223333', region: 'us-west-2' },
  'us-west-2': { bucket: 'other-backup' },
};

/** `action resource` of everything that a role may do in the bucket. */
const rightsOf = (statements: readonly { readonly Action: unknown; readonly Resource: unknown }[]) =>
  statements
    .flatMap(({ Action, Resource }) => {
      const places = [Resource].flat().map((one) => /acme-backup.*?(?=")/.exec(JSON.stringify(one))?.[0]);
      return places.filter(Boolean).flatMap((place) => [Action].flat().map((action) => `${action} ${place}`));
    })
    .sort();

it('the policy of the bucket lets each role do what its own policy lets it do there, and nothing else', () => {
  const stacks = vitrineApp({ vitrine: { regions, backup: { destinations } } }).regions.map((one) =>
    Template.fromStack(one),
  );
  const roles = stacks.flatMap((stack) => Object.entries(stack.findResources('AWS::IAM::Role')));
  const policies = stacks
    .flatMap((stack) => Object.values(stack.findResources('AWS::IAM::Policy')))
    .map(({ Properties }) => Properties);
  const policy = destinationPolicy({
    ...{ deployment: 'vitrine', region: 'eu-west-1', account: '444455556666', bucket: BUCKET },
    fallback: 'us-west-2',
  });
  const names = [...new Set(policy.Statement.map(({ Principal }) => Principal.AWS))];

  expect(names).toEqual(
    [
      ...['vitrine-backup-eu-west-1', 'vitrine-backup-run-eu-west-1', 'vitrine-restore-eu-west-1'],
      'vitrine-fallback-us-west-2',
    ].map((name) => `arn:aws:iam::444455556666:role/${name}`),
  );
  for (const arn of names) {
    const [id] = roles.find(([, { Properties }]) => arn.endsWith(`/${Properties.RoleName}`)) ?? [];
    const own = policies.filter(({ Roles }) => Roles[0].Ref === id).flatMap((one) => one.PolicyDocument.Statement);
    const there = policy.Statement.filter(({ Principal }) => Principal.AWS === arn);
    expect(rightsOf(there).length).toBeGreaterThan(1);
    expect(rightsOf(there)).toEqual(rightsOf(own));
  }
});

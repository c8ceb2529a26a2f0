import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { vitrineApp } from '../../vitrine-fixture.ts';

const app = vitrineApp({
  vitrine: {
    regions: ['eu-west-1', 'us-west-2'],
    backup: {
      destinations: {
        'eu-west-1': { bucket: 'acme-home', region: 'us-west-2' },
        'us-west-2': { bucket: 'acme-west', region: 'eu-west-1' },
      },
    },
  },
});
const [home, away] = app.regions.map((stack) => Template.fromStack(stack)) as [Template, Template];

/** `[actions, resources]` that the role of the fallback transformer has. */
function rights(stack: Template): (readonly [string[], string])[] {
  const policies = Object.values(stack.findResources('AWS::IAM::Policy'));
  const own = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('FallbackTransform'));
  return own
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .map(({ Action, Resource }) => [[Action].flat(), JSON.stringify(Resource)] as const);
}

/** Where the role may do it, without what every ARN of S3 begins with; a bucket of the stack by the beginning of its id. */
function placesOf(action: string, stack: Template): string[] {
  const resources = rights(stack).flatMap(([actions, given]) => (actions.includes(action) ? JSON.parse(given) : []));
  return resources.map((resource) =>
    joined(resource)
      .replace('arn:AWS::Partition:s3:::', '')
      .replace(/^(OriginalsBucket)[0-9A-F]{8}/, '$1'),
  );
}

type Intrinsic = string | { Ref?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, Intrinsic[]] };

function joined(value: Intrinsic): string {
  if (typeof value === 'string') return value;
  const [separator = '', parts = []] = value['Fn::Join'] ?? [];
  return value.Ref ?? value['Fn::GetAtt']?.[0] ?? parts.map(joined).join(separator);
}

it('the fallback transformer may write nothing anywhere', () => {
  const READING = /^(s3:(GetObject|ListBucket)|dynamodb:(GetItem|Query)|secretsmanager:GetSecretValue)$/;
  const LOGGING = /^logs:(CreateLogStream|PutLogEvents)$/;

  for (const stack of [home, away]) {
    const actions = rights(stack).flatMap(([given]) => given);
    expect(actions.length).toBeGreaterThan(4);
    expect(actions.filter((one) => !READING.test(one) && !LOGGING.test(one))).toEqual([]);
  }
});

it('it reads the copies of other regions, what is delivered by and nothing else of them, and of its own bucket the settings alone', () => {
  for (const [stack, copy] of [
    [home, 'acme-west'],
    [away, 'acme-home'],
  ] as const) {
    const objects = ['media/*', 'records/v1/assets/*', 'records/v1/live/*'].map((keys) => `${copy}/${keys}`);
    expect(placesOf('s3:GetObject', stack)).toEqual([...objects, 'OriginalsBucket/settings/snapshot']);
    expect(placesOf('s3:ListBucket', stack)).toEqual([copy]);
  }
});

it('the distribution has it as an origin, and the regions are told who answers for whom', () => {
  const edge = Template.fromStack(app.edge);
  const [distribution] = Object.values(edge.findResources('AWS::CloudFront::Distribution')).filter(
    ({ Properties }) => Properties.DistributionConfig.Comment === 'Media of vitrine',
  );
  const ids = distribution?.Properties.DistributionConfig.Origins.map(({ Id }: { Id: string }) => Id);

  expect(ids).toEqual(expect.arrayContaining(['f-eu-west-1', 'f-us-west-2']));
  const [parameter] = Object.values(edge.findResources('AWS::SSM::Parameter'));
  expect(JSON.stringify(parameter)).toContain('fallbacks');
});

it('a deployment whose copies lie in their own regions has none', () => {
  const alone = vitrineApp({ vitrine: { backup: { destinations: { 'eu-west-1': { bucket: 'acme' } } } } });
  const functions = Template.fromStack(alone.regions[0]).findResources('AWS::Lambda::Function');

  expect(Object.keys(functions).filter((id) => id.startsWith('Fallback'))).toEqual([]);
});

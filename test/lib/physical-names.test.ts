import { expect, it } from 'vitest';
import { templatesOf, vitrineApp } from './vitrine-fixture.ts';

/** Properties that are names within an account or region. `Name` of an API, a person's label, may be there twice. */
const NAMES = [
  ...['Name', 'AliasName', 'BucketName', 'FunctionName', 'LogGroupName', 'QueueName', 'RoleName', 'TableName'],
  ...['CachePolicyConfig', 'OriginRequestPolicyConfig', 'ResponseHeadersPolicyConfig', 'OriginAccessControlConfig'],
];

/** Types whose names are those of other resources. */
const ABOUT_OTHERS = [
  'AWS::IAM::RolePolicy',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::Logs::MetricFilter',
];

/** Every physical name that the templates of a deployment fix. */
function namesOf(deployment: string): string[] {
  const { region, edge } = templatesOf(vitrineApp({ vitrine: { name: deployment } }));
  return [region, edge].flatMap((template) =>
    Object.values<{ Type: string; Properties?: Record<string, unknown> }>(template.toJSON().Resources)
      .filter(({ Type }) => !ABOUT_OTHERS.includes(Type))
      .flatMap(({ Type, Properties = {} }) =>
        NAMES.flatMap((property) => {
          const value = Properties[property];
          const name = (value as { Name?: unknown } | undefined)?.Name ?? value;
          return name === undefined ? [] : [`${Type} ${JSON.stringify(name)}`];
        }),
      ),
  );
}

it('no name of one deployment meets a name of another in the same account', () => {
  const first = namesOf('pictures');
  const second = new Set(namesOf('museum'));

  expect(first.length).toBeGreaterThan(8);
  expect(first.filter((name) => second.has(name))).toEqual([]);
});

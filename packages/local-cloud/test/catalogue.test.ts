import { expect, test } from 'vitest';
import type { PropertySpec } from '../src/assembly/resource-type.ts';
import { CATALOGUE } from '../src/cloud.ts';
import { SERVICES } from '../src/services/index.ts';

/** The reasons for which properties of a spec have no effect. */
function reasons(spec: PropertySpec): string[] {
  if (typeof spec === 'string' || 'only' in spec) return [];
  if ('ignored' in spec) return [spec.ignored];
  return 'list' in spec ? reasons(spec.list) : Object.values(spec.object).flatMap(reasons);
}

test('every resource type is declared once, and every ignored property has a sentence that says why', () => {
  const types = SERVICES.flatMap(({ resourceTypes }) => resourceTypes);
  const said = types.flatMap((one) =>
    one.class === 'cloudFormationOnly' ? [one.reason] : Object.values(one.properties).flatMap(reasons),
  );

  expect(CATALOGUE.size).toBe(types.length);
  expect(said.length).toBeGreaterThan(100);
  for (const reason of said) expect(reason).toMatch(/^[A-Z].{10,}\.$/);
});

test('what decides over data and access is run, not ignored', () => {
  const property = (type: string, name: string) => {
    const known = CATALOGUE.get(type);
    return known?.class === 'run' ? known.properties[name] : undefined;
  };

  expect(property('AWS::Lambda::Function', 'Timeout')).toBe('run');
  expect(property('AWS::Lambda::Function', 'MemorySize')).toBe('run');
  expect(property('AWS::Lambda::Url', 'AuthType')).toEqual({ only: ['AWS_IAM', 'NONE'] });
  expect(property('AWS::DynamoDB::GlobalTable', 'TimeToLiveSpecification')).toMatchObject({
    object: { Enabled: 'run' },
  });
  expect(property('AWS::ApiGatewayV2::Route', 'AuthorizationType')).toEqual({ only: ['NONE'] });
  expect(property('AWS::Events::Rule', 'EventPattern')).toBe('run');
});

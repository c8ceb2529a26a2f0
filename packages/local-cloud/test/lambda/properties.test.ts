import { expect, test } from 'vitest';
import { AWS_API_RESOURCE_SPECS } from '../../src/aws-apis/properties.ts';
import { DYNAMODB_RESOURCE_SPECS } from '../../src/dynamodb/properties.ts';
import { EVENT_RESOURCE_SPECS } from '../../src/events/properties.ts';
import { HTTP_API_RESOURCE_SPECS } from '../../src/http-api/properties.ts';
import { LAMBDA_RESOURCE_SPECS } from '../../src/lambda/properties.ts';
import type { PropertySpec } from '../../src/property-spec.ts';

const SPECS = [
  ...LAMBDA_RESOURCE_SPECS,
  ...HTTP_API_RESOURCE_SPECS,
  ...DYNAMODB_RESOURCE_SPECS,
  ...AWS_API_RESOURCE_SPECS,
  ...EVENT_RESOURCE_SPECS,
];

/** The reasons for which properties of a spec have no effect. */
function reasons(spec: PropertySpec): string[] {
  if (typeof spec === 'string' || 'only' in spec) return [];
  if ('ignored' in spec) return [spec.ignored];
  return 'list' in spec ? reasons(spec.list) : Object.values(spec.object).flatMap(reasons);
}

test('every resource type has one spec, and every ignored property a sentence that says why', () => {
  const types = SPECS.map((spec) => spec.type);
  const said = SPECS.flatMap((spec) => Object.values(spec.properties).flatMap(reasons));

  expect(new Set(types).size).toBe(types.length);
  for (const reason of said) expect(reason).toMatch(/^[A-Z].{10,}\.$/);
});

test('what decides over data and access is run, not ignored', () => {
  const property = (type: string, name: string) => SPECS.find((spec) => spec.type === type)?.properties[name];

  expect(property('AWS::Lambda::Function', 'Timeout')).toBe('run');
  expect(property('AWS::Lambda::Function', 'MemorySize')).toBe('run');
  expect(property('AWS::Lambda::Url', 'AuthType')).toEqual({ only: ['AWS_IAM', 'NONE'] });
  expect(property('AWS::DynamoDB::GlobalTable', 'TimeToLiveSpecification')).toMatchObject({
    object: { Enabled: 'run' },
  });
  expect(property('AWS::ApiGatewayV2::Route', 'AuthorizationType')).toEqual({ only: ['NONE'] });
  expect(property('AWS::Events::Rule', 'EventPattern')).toBe('run');
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { templatesOf, vitrineApp } from './vitrine-fixture.ts';

/** Types of resources that hold what cannot be made again, or what an owner has copied elsewhere. */
const STATEFUL = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::KeyValueStore',
  'AWS::ApiGatewayV2::Api',
];

function statefulIds(template: Template): Record<string, string> {
  return Object.fromEntries(
    Object.entries<{ Type: string }>(template.toJSON().Resources)
      .filter(([, { Type }]) => STATEFUL.includes(Type))
      .map(([id, { Type }]) => [id, Type]),
  );
}

/** CloudFormation knows a resource by its logical id: under another one it would be a new, empty resource. */
it('resources with state keep their logical ids', () => {
  const { region, edge } = templatesOf(vitrineApp());

  const pinned = JSON.parse(readFileSync(join(import.meta.dirname, 'logical-ids.json'), 'utf8'));
  expect({ region: statefulIds(region), edge: statefulIds(edge) }).toEqual(pinned);
});

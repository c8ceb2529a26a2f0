import { expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

it('the edge is published to as the last step of its deployment, once the rights and the parameter are there', () => {
  const { edge } = templatesOf(vitrineApp());
  const resources = edge.findResources('AWS::CloudFormation::CustomResource');
  const [, published] = Object.entries(resources).find(([id]) => id.startsWith('FirstPublication')) ?? [];

  expect(Object.keys(published?.Properties).sort()).toEqual(
    ['ServiceTimeout', 'ServiceToken', 'accessRuleGroupArn', 'settingsStoreArn'].sort(),
  );
  const needed: string[] = published?.DependsOn ?? [];
  expect(needed.some((id) => id.startsWith('EdgeParameter'))).toBe(true);
  expect(needed.some((id) => id.startsWith('Rightsfirstpublication'))).toBe(true);
  // The region's own functions too: what the API publishes works from then on.
  expect(needed.filter((id) => id.startsWith('Rights')).length).toBeGreaterThan(1);
});

it('its function makes no table of its own, even where the edge is at home', () => {
  const { edge } = templatesOf(vitrineApp({ vitrine: { regions: ['us-east-1'] } }));

  edge.resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
});

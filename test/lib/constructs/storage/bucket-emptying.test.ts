import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

/** Logical ids of the buckets that are emptied when a stack is deleted. */
function emptiedIn(template: Template): string[] {
  return Object.values(template.findResources('AWS::CloudFormation::CustomResource'))
    .flatMap(({ Properties }): { Ref: string }[] => Properties.Buckets ?? [])
    .map(({ Ref }) => Ref);
}

describe('buckets of a stack that is deleted', () => {
  it('are emptied when variants are all that they hold', () => {
    const { region, edge } = templatesOf(vitrineApp());

    expect(emptiedIn(region)).toEqual(['VariantsBucketB9564940']);
    expect(emptiedIn(edge)).toEqual([]);
  });

  it('are all emptied when the owner keeps nothing and confirmed it by name', () => {
    const { region, edge } = templatesOf(vitrineApp({ vitrine: { retainData: false, confirmErasure: 'vitrine' } }));

    expect(emptiedIn(region)).toEqual(['VariantsBucketB9564940', 'OriginalsBucket0D7D99C8']);
    expect(emptiedIn(edge)).toEqual(['AccessLogsBucketCD784A59', 'AccessLogsReads803A7492']);
  });

  it('are emptied after the transformer is gone, which writes into them', () => {
    const { region } = templatesOf(vitrineApp());
    const [emptying] = Object.keys(region.findResources('AWS::CloudFormation::CustomResource'));
    const [, transformer] =
      Object.entries(region.findResources('AWS::Lambda::Function')).find(([id]) => id.startsWith('Transformer')) ?? [];

    expect(transformer?.DependsOn).toContain(emptying);
  });
});

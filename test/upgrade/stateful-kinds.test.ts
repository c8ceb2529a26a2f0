import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { STATEFUL_KINDS } from './stateful-kinds.ts';

interface SpecifiedType {
  readonly cloudFormationType: string;
  readonly properties: Readonly<Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe' }>>;
}

/** What `cdk diff` judges by: CloudFormation's registry of types, as the CDK CLI brings it. */
function specifiedTypes(): ReadonlyMap<string, SpecifiedType> {
  const file = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'db.json.gz');
  const { schema } = JSON.parse(gunzipSync(readFileSync(file)).toString());
  const types = schema.resource.entities as readonly SpecifiedType[];
  return new Map(types.map((type) => [type.cloudFormationType, type]));
}

it('the properties that replace a resource are those of CloudFormation’s own specification', () => {
  const types = specifiedTypes();
  const specified = Object.keys(STATEFUL_KINDS).map((kind) => {
    const properties = Object.entries(types.get(kind)?.properties ?? {});
    const replacing = properties.filter(([, { causesReplacement = 'no' }]) => causesReplacement !== 'no');
    expect(properties.length, kind).toBeGreaterThan(0);
    return [kind, replacing.map(([name]) => name).toSorted()];
  });

  const ours = Object.entries(STATEFUL_KINDS).map(([kind, { replacing }]) => [kind, replacing.toSorted()]);
  expect(ours).toEqual(specified);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyPlan, PlannedResource } from '../assembly/plan-assembly.ts';
import { KeyValueStores } from '../cdn/key-value-stores.ts';
import type { Program } from '../program.ts';
import { StartFault, using } from '../start-fault.ts';
import { resourcesOf } from './planned.ts';

/** The KeyValueStores of the templates, with what was changed in them since. */
export async function openKeyValueStores(options: {
  readonly plan: AssemblyPlan;
  readonly folder: string;
  readonly program: Program;
}): Promise<KeyValueStores> {
  const { plan, folder, program } = options;
  const file = join(folder, 'key-value-stores.json');
  return using(program, file, async () => {
    const stores = await KeyValueStores.open(file);
    for (const store of resourcesOf(plan, 'AWS::CloudFront::KeyValueStore')) {
      await stores.declare(store.attributes.Arn ?? '', initialContent(plan, store));
    }
    return stores;
  });
}

/** The file asset that CloudFormation would import ("Create a key value store and add key-value pairs"). */
function initialContent(plan: AssemblyPlan, { logicalId, properties }: PlannedResource): Map<string, string> {
  const { SourceArn: source } = (properties.ImportSource ?? {}) as { readonly SourceArn?: string };
  if (source === undefined) return new Map();
  const file = plan.fileAssets.get(/\/([0-9a-f]{64})\.json$/.exec(source)?.[1] ?? '');
  if (file === undefined) throw new StartFault(`${logicalId} imports ${source}, which is not in the cloud assembly.`);
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly data: readonly { readonly key: string; readonly value: string }[];
  };
  return new Map(data.map(({ key, value }) => [key, value]));
}

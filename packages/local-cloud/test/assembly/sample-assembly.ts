import type { Assembly, Stack, TemplateResource } from '../../src/assembly/read-assembly.ts';
import type { LocalHosts } from '../../src/assembly/resource-type.ts';

export const HOSTS: LocalHosts = { distribution: () => 'localhost:4000' };

export interface SampleStack {
  readonly region?: string;
  readonly resources?: Readonly<Record<string, Partial<TemplateResource> & { readonly type: string }>>;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown; readonly exportName?: unknown }>>;
  readonly unknownSections?: readonly string[];
}

/** An assembly with the given stacks and no files. */
export function sampleAssembly(stacks: Readonly<Record<string, SampleStack>>): Assembly {
  return {
    folder: '/nowhere',
    stacks: new Map(Object.entries(stacks).map(([name, stack]) => [name, sampleStack(name, stack)])),
    fileAssets: new Map(),
  };
}

function sampleStack(name: string, { region = 'eu-west-1', resources = {}, ...rest }: SampleStack): Stack {
  return {
    name,
    region,
    resources: new Map(
      Object.entries(resources).map(([logicalId, resource]) => [
        logicalId,
        { stack: name, region, logicalId, properties: {}, unknownAttributes: [], ...resource },
      ]),
    ),
    outputs: new Map(Object.entries(rest.outputs ?? {})),
    unknownSections: rest.unknownSections ?? [],
  };
}

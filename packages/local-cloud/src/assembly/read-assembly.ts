import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../start-fault.ts';

/** One resource of a template, its intrinsics not yet resolved. */
export interface TemplateResource {
  readonly stack: string;
  readonly region: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Folder or file of its code, from the CDK's asset metadata. */
  readonly assetPath?: string;
  /** Attributes beside the properties that only CloudFormation could follow, such as a condition. */
  readonly unknownAttributes: readonly string[];
}

export interface StackOutput {
  /** Unresolved. */
  readonly value: unknown;
  /** Name under which other stacks may import it, unresolved. */
  readonly exportName?: unknown;
}

export interface Stack {
  readonly name: string;
  readonly region: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: ReadonlyMap<string, StackOutput>;
  /** Parts of the template that only CloudFormation could run, such as conditions. */
  readonly unknownSections: readonly string[];
}

/** A cloud assembly as the CDK writes it. */
export interface Assembly {
  readonly folder: string;
  readonly stacks: ReadonlyMap<string, Stack>;
  /** Content hash of a file asset -> its path in the assembly. */
  readonly fileAssets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, ManifestArtifact>>;
}

interface ManifestArtifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string };
}

interface Template {
  readonly Resources?: Readonly<Record<string, RawResource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
}

interface RawResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Order, removal and updates are CloudFormation's own; everything here is started in the order of its needs. */
const KNOWN_ATTRIBUTES = ['Type', 'Properties', 'Metadata', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy'];

/** `BootstrapVersion` and its rule are what the CDK CLI checks before a deployment. */
const KNOWN_SECTIONS = ['Description', 'Resources', 'Outputs', 'Parameters', 'Rules'];

/** Reads the stacks of an assembly. @throws StartFault when the folder holds none */
export function readAssembly(folder: string): Assembly {
  const manifest = readJson<Manifest>(folder, 'manifest.json');
  const stacks = new Map<string, Stack>();
  const fileAssets = new Map<string, string>();
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    if (artifact.type === 'aws:cloudformation:stack') {
      const stack = readStack(folder, id, artifact);
      stacks.set(stack.name, stack);
    }
    if (artifact.type === 'cdk:asset-manifest' && artifact.properties?.file) {
      readAssets(folder, artifact.properties.file, fileAssets);
    }
  }
  if (stacks.size === 0) throw new StartFault(`${folder} is no cloud assembly: it has no stack.`);
  return { folder, stacks, fileAssets };
}

function readStack(folder: string, id: string, { environment, properties }: ManifestArtifact): Stack {
  const name = properties?.stackName ?? id;
  const region = environment?.split('/').at(-1) ?? '';
  const template = readJson<Template>(folder, properties?.templateFile ?? `${id}.template.json`);
  const resources = Object.entries(template.Resources ?? {}).map(
    ([logicalId, raw]) => [logicalId, readResource(folder, name, region, logicalId, raw)] as const,
  );
  const outputs = Object.entries(template.Outputs ?? {}).map(
    ([output, { Value, Export }]) => [output, { value: Value, ...(Export && { exportName: Export.Name }) }] as const,
  );
  return {
    name,
    region,
    resources: new Map(resources),
    outputs: new Map(outputs),
    unknownSections: Object.keys(template).filter((section) => !KNOWN_SECTIONS.includes(section)),
  };
}

function readResource(
  folder: string,
  stack: string,
  region: string,
  logicalId: string,
  raw: RawResource,
): TemplateResource {
  const asset = raw.Metadata?.['aws:asset:path'];
  return {
    stack,
    region,
    logicalId,
    type: raw.Type,
    properties: raw.Properties ?? {},
    ...(typeof asset === 'string' && { assetPath: join(folder, asset) }),
    unknownAttributes: Object.keys(raw).filter((attribute) => !KNOWN_ATTRIBUTES.includes(attribute)),
  };
}

function readAssets(folder: string, file: string, into: Map<string, string>): void {
  const { files } = readJson<{ files?: Record<string, { source: { path?: string } }> }>(folder, file);
  for (const [hash, { source }] of Object.entries(files ?? {})) {
    if (source.path !== undefined) into.set(hash, join(folder, source.path));
  }
}

function readJson<T>(folder: string, file: string): T {
  const path = join(folder, file);
  if (!existsSync(path)) throw new StartFault(`${folder} is no cloud assembly: it has no ${file}.`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new StartFault(`${folder} is no cloud assembly: its ${file} is no JSON.`, { cause });
  }
}

import { StartFault } from '../start-fault.ts';
import type { Catalogue } from './catalogue.ts';
import { Intrinsics } from './intrinsics.ts';
import { checkProperties, type IgnoredProperty } from './property-check.ts';
import type { Assembly, Stack, TemplateResource } from './read-assembly.ts';
import type { LocalHosts } from './resource-type.ts';

/** A resource that the local cloud runs: everything about it is resolved and known. */
export interface PlannedResource {
  readonly stack: string;
  readonly region: string;
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly assetPath?: string;
}

export interface AssemblyPlan {
  readonly resources: readonly PlannedResource[];
  readonly fileAssets: ReadonlyMap<string, string>;
  /** What is in the templates but not run on this machine: reason -> resource types and properties. */
  readonly notRun: ReadonlyMap<string, readonly string[]>;
  /** What other programs stand in for on this machine: substitute -> resource types. */
  readonly standIns: ReadonlyMap<string, readonly string[]>;
}

/** The templates have something that the local cloud does not know. The message has one line for each. */
export class UnknownInTemplate extends StartFault {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'UnknownInTemplate';
  }
}

/**
 * Resolves and checks every resource, so that nothing starts that is only half known.
 * @throws UnknownInTemplate with all problems at once
 */
export function planAssembly(assembly: Assembly, hosts: LocalHosts, catalogue: Catalogue): AssemblyPlan {
  const intrinsics = new Intrinsics(assembly, hosts, catalogue);
  const checked = [...assembly.stacks.values()].flatMap((stack) =>
    [...stack.resources.values()].map((resource) => checkResource(resource, intrinsics, catalogue)),
  );
  const ofStacks = [...assembly.stacks.values()].flatMap((stack) => stackProblems(stack, intrinsics));
  const problems = [...ofStacks, ...checked.flatMap((one) => one.problems)];
  if (problems.length > 0) throw new UnknownInTemplate(problems);
  return {
    resources: checked.flatMap(({ planned }) => planned ?? []),
    fileAssets: assembly.fileAssets,
    notRun: grouped(checked.flatMap(({ notRun }) => notRun.map(({ path, reason }) => [reason, path] as const))),
    standIns: grouped(checked.flatMap(({ standIn }) => (standIn ? [standIn] : []))),
  };
}

function stackProblems({ name, unknownSections, outputs }: Stack, intrinsics: Intrinsics): string[] {
  return [
    ...unknownSections.map((section) => `${name}: the template section ${section} is not known to the local cloud.`),
    ...[...outputs].flatMap(([output, { value, exportName }]) =>
      intrinsics.resolve([value, exportName], name).problems.map((problem) => `${name}: output ${output}: ${problem}.`),
    ),
  ];
}

interface CheckedResource {
  /** Undefined when the resource has no part of its own on this machine, or problems. */
  readonly planned?: PlannedResource;
  readonly problems: readonly string[];
  /** What has no effect here; paths begin with the resource type. */
  readonly notRun: readonly IgnoredProperty[];
  readonly standIn?: readonly [substitute: string, type: string];
}

function checkResource(resource: TemplateResource, intrinsics: Intrinsics, catalogue: Catalogue): CheckedResource {
  const { stack, region, logicalId, type, assetPath } = resource;
  const resolved = intrinsics.resolve(resource.properties, stack);
  const properties = resolved.value as Record<string, unknown>;
  const found = [
    ...resource.unknownAttributes.map((attribute) => `the attribute ${attribute} is not known to the local cloud`),
    ...resolved.problems,
  ];
  const named = () => found.map((problem) => `${stack}: resource ${logicalId} (${type}): ${problem}.`);

  const known = catalogue.get(type);
  if (!known) {
    found.push('the resource type is not known to the local cloud');
    return { problems: named(), notRun: [] };
  }
  if (known.class === 'cloudFormationOnly') {
    return { problems: named(), notRun: [{ path: type, reason: known.reason }] };
  }
  const { faults, ignored } = checkProperties(properties, known.properties);
  found.push(...faults.map(({ path, fault }) => `property ${path} ${fault}`));
  if (found.length > 0) return { problems: named(), notRun: [] };
  const { ref, attributes } = intrinsics.referencesOf(resource);
  return {
    problems: [],
    planned: { stack, region, logicalId, type, ref, attributes, properties, ...(assetPath && { assetPath }) },
    notRun: ignored.map((one) => ({ reason: one.reason, path: `${type} ${one.path}` })),
    ...(known.class === 'standIn' && { standIn: [known.substitute, type] as const }),
  };
}

/** Values by their key, each once. */
function grouped(pairs: readonly (readonly [key: string, value: string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const values = groups.get(key) ?? [];
    if (!values.includes(value)) groups.set(key, [...values, value]);
  }
  return groups;
}

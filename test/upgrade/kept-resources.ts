import type { VitrineApp } from '../../lib/vitrine-app.ts';
import { lastingProperties, STATEFUL_KINDS } from './stateful-kinds.ts';

/** What of a stateful resource an update must leave as it is. */
export interface KeptResource {
  readonly type: string;
  /** @default Delete, CloudFormation's own */
  readonly deletionPolicy?: string;
  /** Property -> value, of those whose change replaces the resource or fails; what the template leaves out is missing. */
  readonly lasting: Readonly<Record<string, unknown>>;
}

/** What of a stack an update must leave as it is. */
export interface KeptStack {
  /** Logical id -> resource. */
  readonly resources: Readonly<Record<string, KeptResource>>;
  /** Names of outputs, which people and our command line read. */
  readonly outputs: readonly string[];
  /** Logical id of an output -> name of its export. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Name of a stack -> what is kept of it. */
export type KeptStacks = Readonly<Record<string, KeptStack>>;

interface Synthesized {
  readonly Resources: Readonly<
    Record<string, { Type: string; DeletionPolicy?: string; Properties?: Record<string, unknown> }>
  >;
  readonly Outputs?: Readonly<Record<string, { Export?: { Name: unknown } }>>;
}

/** What of the templates of an app an update must leave as it is. */
export function keptStacksOf(app: VitrineApp): KeptStacks {
  const { stacks } = app.synth();
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, keptOf(template)]));
}

function keptOf({ Resources, Outputs = {} }: Synthesized): KeptStack {
  const resources = Object.entries(Resources).flatMap(([id, { Type, DeletionPolicy, Properties = {} }]) => {
    const kind = STATEFUL_KINDS[Type];
    if (kind === undefined) return [];
    const lasting = lastingProperties(kind).filter((name) => name in Properties);
    const kept: KeptResource = {
      type: Type,
      ...(DeletionPolicy !== undefined && { deletionPolicy: DeletionPolicy }),
      lasting: Object.fromEntries(lasting.map((name) => [name, Properties[name]])),
    };
    return [[id, kept] as const];
  });
  const exported = Object.entries(Outputs).flatMap(([id, { Export }]) => (Export ? [[id, Export.Name]] : []));
  return {
    resources: Object.fromEntries(resources),
    outputs: Object.keys(Outputs),
    exports: Object.fromEntries(exported),
  };
}

import type { Catalogue } from './catalogue.ts';
import type { Assembly, TemplateResource } from './read-assembly.ts';
import { NO_VALUE, physicalName, pseudoParameters, referencesOf } from './references.ts';
import type { LocalHosts, References } from './resource-type.ts';

/** A value with its intrinsic functions carried out. */
export interface Resolved {
  readonly value: unknown;
  /** What could not be resolved, each naming the function, reference or attribute. Empty text stands in its place. */
  readonly problems: readonly string[];
}

/** Where a value stands, and what was found wrong in it so far. */
interface Scope {
  readonly stack: string;
  readonly problems: string[];
}

/** A problem on its way to the intrinsic function that has it. */
class Unresolved extends Error {}

/** A value that needs itself; told where the circle was entered. */
class Circular extends Unresolved {}

/**
 * Resolves CloudFormation's intrinsic functions ("Intrinsic function reference") against an assembly, all problems at
 * once. Order of resources and stacks does not matter.
 */
export class Intrinsics {
  readonly #assembly: Assembly;
  readonly #hosts: LocalHosts;
  readonly #catalogue: Catalogue;
  readonly #references = new Map<TemplateResource, References>();
  /** Values that are being looked up at this moment; one that needs itself has no value. */
  readonly #open = new Set<unknown>();

  constructor(assembly: Assembly, hosts: LocalHosts, catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#assembly = assembly;
    this.#hosts = hosts;
  }

  /** What `Ref` and `Fn::GetAtt` give for a resource. Problems in its name are its own and come with its properties. */
  referencesOf(resource: TemplateResource): References {
    const known = this.#references.get(resource);
    if (known) return known;
    const type = this.#catalogue.get(resource.type);
    const name = this.#once(resource, resource.logicalId, () =>
      physicalName(resource, type, (value) => this.resolve(value, resource.stack).value),
    );
    const references = referencesOf(resource, type, name, this.#hosts);
    this.#references.set(resource, references);
    return references;
  }

  resolve(value: unknown, stack: string): Resolved {
    const scope: Scope = { stack, problems: [] };
    const resolved = this.#resolve(value, scope);
    return { value: resolved === NO_VALUE ? undefined : resolved, problems: scope.problems };
  }

  #resolve(value: unknown, scope: Scope): unknown {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) {
      return value.map((item) => this.#resolve(item, scope)).filter((item) => item !== NO_VALUE);
    }
    const [only, ...others] = Object.entries(value);
    if (only && others.length === 0 && isIntrinsic(only[0])) return this.#carryOut(only[0], only[1], scope);
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, this.#resolve(item, scope)] as const)
        .filter(([, item]) => item !== NO_VALUE),
    );
  }

  #carryOut(name: string, argument: unknown, scope: Scope): unknown {
    try {
      return this.#intrinsic(name, argument, scope);
    } catch (error) {
      if (!(error instanceof Unresolved) || (error instanceof Circular && this.#open.size > 0)) throw error;
      scope.problems.push(error.message);
      return '';
    }
  }

  #intrinsic(name: string, argument: unknown, scope: Scope): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument), scope.stack);
      case 'Fn::GetAtt':
        return this.#attribute(Array.isArray(argument) ? argument.join('.') : String(argument), scope.stack);
      case 'Fn::Join':
        return this.#list(name, argument, 1, scope).join(String(this.#item(argument, 0, scope)));
      case 'Fn::Select':
        return this.#select(argument, scope);
      case 'Fn::Split':
        return String(this.#item(argument, 1, scope)).split(String(this.#item(argument, 0, scope)));
      case 'Fn::Sub':
        return this.#substitute(argument as string | [string, Record<string, unknown>], scope);
      case 'Fn::GetStackOutput':
        return this.#stackOutput(this.#resolve(argument, scope) as { StackName?: unknown; OutputName?: unknown });
      case 'Fn::ImportValue':
        return this.#imported(String(this.#resolve(argument, scope)), scope.stack);
      default:
        throw new Unresolved(`the intrinsic function ${name} is not known to the local cloud`);
    }
  }

  #item(argument: unknown, index: number, scope: Scope): unknown {
    return this.#resolve(Array.isArray(argument) ? argument[index] : undefined, scope);
  }

  #list(name: string, argument: unknown, index: number, scope: Scope): unknown[] {
    const list = this.#item(argument, index, scope);
    if (!Array.isArray(list)) throw new Unresolved(`the intrinsic function ${name} has no list`);
    return list;
  }

  #select(argument: unknown, scope: Scope): unknown {
    const before = scope.problems.length;
    const list = this.#list('Fn::Select', argument, 1, scope);
    const index = Number(this.#item(argument, 0, scope));
    // A list with a problem in it is known already; its length says nothing.
    if (scope.problems.length > before) return '';
    if (index in list) return list[index];
    throw new Unresolved(`the intrinsic function Fn::Select asks for item ${index} of ${list.length}`);
  }

  #substitute(argument: string | [string, Record<string, unknown>], scope: Scope): string {
    const [text, variables] = typeof argument === 'string' ? [argument, {} as Record<string, unknown>] : argument;
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(variables, name)) return String(this.#resolve(variables[name], scope));
      return String(this.#carryOut(name.includes('.') ? 'Fn::GetAtt' : 'Ref', name, scope));
    });
  }

  #stackOutput({ StackName, OutputName }: { StackName?: unknown; OutputName?: unknown }): unknown {
    const output = this.#assembly.stacks.get(String(StackName))?.outputs.get(String(OutputName));
    if (!output) throw new Unresolved(`the stack ${StackName} has no output ${OutputName}`);
    return this.#once(output, `${OutputName}`, () => this.resolve(output.value, String(StackName)).value);
  }

  /** Exports are known within their region. */
  #imported(exportName: string, importer: string): unknown {
    const region = this.#assembly.stacks.get(importer)?.region;
    for (const stack of this.#assembly.stacks.values()) {
      if (stack.region !== region) continue;
      for (const output of stack.outputs.values()) {
        if (output.exportName === undefined || this.resolve(output.exportName, stack.name).value !== exportName)
          continue;
        return this.#once(output, exportName, () => this.resolve(output.value, stack.name).value);
      }
    }
    throw new Unresolved(`no stack of the region exports ${exportName}`);
  }

  #ref(name: string, stackName: string): unknown {
    const region = this.#assembly.stacks.get(stackName)?.region ?? '';
    const pseudo = pseudoParameters(stackName, region);
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    return this.referencesOf(this.#resource(name, stackName)).ref;
  }

  #attribute(path: string, stackName: string): string {
    const [logicalId = '', attribute = ''] = path.split(/\.(.*)/s);
    const resource = this.#resource(logicalId, stackName);
    const { attributes } = this.referencesOf(resource);
    const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (value !== undefined) return value;
    throw new Unresolved(
      `the attribute ${attribute} of ${logicalId} (${resource.type}) is not known to the local cloud`,
    );
  }

  #resource(logicalId: string, stackName: string): TemplateResource {
    const resource = this.#assembly.stacks.get(stackName)?.resources.get(logicalId);
    if (!resource) throw new Unresolved(`${logicalId} is neither a resource nor a parameter known to the local cloud`);
    return resource;
  }

  #once<T>(subject: unknown, name: string, find: () => T): T {
    if (this.#open.has(subject)) throw new Circular(`the value of ${name} needs itself`);
    this.#open.add(subject);
    try {
      return find();
    } finally {
      this.#open.delete(subject);
    }
  }
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');
}

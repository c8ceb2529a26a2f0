/** The parts of a CloudFormation template that are adjusted for the emulator. */
export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
}

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is data of many shapes
  Properties: Record<string, any>;
  DependsOn?: string | string[];
}

/** Ids and resources of a type. */
export function resourcesOf(template: Template, ...types: readonly string[]): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => types.includes(Type));
}

/** Takes resources out, and the order that others had after them. */
export function removeResources(template: Template, ids: readonly string[]): void {
  for (const id of ids) delete template.Resources[id];
  for (const resource of Object.values(template.Resources)) {
    if (resource.DependsOn === undefined) continue;
    resource.DependsOn = [resource.DependsOn].flat().filter((id) => !ids.includes(id));
  }
}

/** Replaces values anywhere below; `replace` gives undefined for what stays. */
export function replaceValues(value: unknown, replace: (value: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const replaced = replace(value);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((one) => replaceValues(one, replace));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaceValues(one, replace)]));
}

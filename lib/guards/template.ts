/** The part of a CloudFormation template that the guards read. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface NamedResource extends TemplateResource {
  readonly logicalId: string;
}

/** Resources of some types. */
export function resourcesOf(template: Template, ...types: string[]): NamedResource[] {
  return Object.entries(template.Resources ?? {})
    .filter(([, resource]) => types.includes(resource.Type))
    .map(([logicalId, resource]) => ({ logicalId, ...resource }));
}

/** A value below an object, by names; undefined where the way ends. */
export function valueAt(value: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);
}

/** Every object within a value, itself included. */
export function objectsWithin(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsWithin);
  return isRecord(value) ? [value, ...Object.values(value).flatMap(objectsWithin)] : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What the local cloud does with one property of a resource type. A property without a spec stops the start by name, so
 * the template cannot contain what was never run.
 */
export type PropertySpec =
  /** The whole value is run. */
  | 'run'
  /** The value has no effect on this machine, for the reason given. */
  | { readonly ignored: string }
  /** Only these literal values are run; any other stops the start. */
  | { readonly only: readonly unknown[] }
  | { readonly object: Readonly<Record<string, PropertySpec>> }
  | { readonly list: PropertySpec };

/** One CloudFormation resource type that the local cloud knows. */
export interface ResourceSpec {
  readonly type: string;
  readonly properties: Readonly<Record<string, PropertySpec>>;
}

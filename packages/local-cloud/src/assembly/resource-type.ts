import type { TemplateResource } from './read-assembly.ts';

/** What `Ref` and `Fn::GetAtt` give for a resource. A missing attribute is not known to the local cloud. */
export interface References {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Addresses that the local cloud chooses before anything is started. */
export interface LocalHosts {
  /**
   * Host and port of a CloudFront distribution, by its logical id. One port has room for one.
   * @throws StartFault for a distribution that has none
   */
  readonly distribution: (logicalId: string) => string;
  /** Host and port of the OpenID issuer that stands in for a user pool. @default there is none */
  readonly issuer?: (logicalId: string) => string;
}

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

interface Named {
  /** Name of the CloudFormation resource type. */
  readonly type: string;
  /** Property that gives a resource its physical name. @default the name is made from stack and logical id */
  readonly nameProperty?: string;
  /** Makes a generated name one that the service takes. @default as it is */
  readonly fitName?: (generated: string) => string;
  /** What `Ref` and `Fn::GetAtt` give. @default the physical name, and no attribute */
  readonly references?: (resource: TemplateResource, name: string, hosts: LocalHosts) => References;
}

/** A type whose resources are run. */
export interface RunType extends Named {
  readonly class: 'run';
  readonly properties: Readonly<Record<string, PropertySpec>>;
}

/** A type that matters to CloudFormation alone. Its properties are not looked at. */
export interface CloudFormationOnlyType extends Named {
  readonly class: 'cloudFormationOnly';
  readonly reason: string;
}

/** A type that another program of this machine stands in for: it does what callers need, not what the service does. */
export interface StandInType extends Named {
  readonly class: 'standIn';
  /** The substitute by its name, for example `an OpenID issuer`. */
  readonly substitute: string;
  readonly properties: Readonly<Record<string, PropertySpec>>;
}

/** One CloudFormation resource type that the local cloud knows, and what becomes of it here. */
export type ResourceType = RunType | CloudFormationOnlyType | StandInType;

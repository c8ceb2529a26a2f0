import type { TemplateResource } from './read-assembly.ts';
import type { LocalHosts, References, ResourceType } from './resource-type.ts';

/** The account that everything on this machine belongs to. */
export const LOCAL_ACCOUNT = '000000000000';

/** Stands where `AWS::NoValue` removes a property. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** ARN of something in the account of this machine. */
export const localArn = (service: string, region: string, rest: string): string =>
  `arn:aws:${service}:${region}:${LOCAL_ACCOUNT}:${rest}`;

/**
 * The physical name: what the template asks for, else one made from stack and logical id, as CloudFormation does, but
 * the same at every start.
 * @param resolve resolves a property's intrinsics
 */
export function physicalName(
  resource: TemplateResource,
  type: ResourceType | undefined,
  resolve: (value: unknown) => unknown,
): string {
  const asked = type?.nameProperty && resource.properties[type.nameProperty];
  if (asked !== undefined) return String(resolve(asked));
  const generated = `${resource.stack}-${resource.logicalId}`;
  return type?.fitName?.(generated) ?? generated;
}

export function referencesOf(
  resource: TemplateResource,
  type: ResourceType | undefined,
  name: string,
  hosts: LocalHosts,
): References {
  return type?.references?.(resource, name, hosts) ?? { ref: name, attributes: {} };
}

/** "Pseudo parameters reference". */
export function pseudoParameters(stack: string, region: string): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': LOCAL_ACCOUNT,
    'AWS::NoValue': NO_VALUE,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${LOCAL_ACCOUNT}:stack/${stack}/local`,
    'AWS::StackName': stack,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

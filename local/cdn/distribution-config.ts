/** DistributionConfig of AWS::CloudFront::Distribution, as far as it is run. */
export interface DistributionConfig {
  readonly DefaultCacheBehavior: Behaviour;
  readonly CacheBehaviors?: readonly (Behaviour & { readonly PathPattern: string })[];
  readonly OriginGroups?: { readonly Items?: readonly OriginGroup[] };
}

export interface Behaviour {
  readonly TargetOriginId: string;
  readonly AllowedMethods?: readonly string[];
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId?: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: string }[];
}

export interface OriginGroup {
  readonly Id: string;
  readonly FailoverCriteria: { readonly StatusCodes: { readonly Items: readonly number[] } };
  readonly Members: { readonly Items: readonly { readonly OriginId: string }[] };
}

/** The behaviour for a path: the first whose pattern fits, else the default one. */
export function behaviourFor(config: DistributionConfig, path: string): Behaviour {
  return config.CacheBehaviors?.find(({ PathPattern }) => fits(PathPattern, path)) ?? config.DefaultCacheBehavior;
}

/** `*` stands for any characters, `?` for one (AWS, "Path pattern"). */
function fits(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/^\//, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^/${expression}$`).test(path);
}

/** The origins to ask in turn, and the statuses of the first that make the second be asked. */
export function originsOf(config: DistributionConfig, targetId: string) {
  const group = config.OriginGroups?.Items?.find(({ Id }) => Id === targetId);
  return {
    ids: group ? group.Members.Items.map(({ OriginId }) => OriginId) : [targetId],
    failoverOn: group?.FailoverCriteria.StatusCodes.Items ?? [],
  };
}

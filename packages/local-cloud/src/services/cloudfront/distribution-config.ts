import type { OriginTurns } from './functions/origin-choice.ts';

/** DistributionConfig of AWS::CloudFront::Distribution, as far as it is run. */
export interface DistributionConfig {
  /** Alternate domain names. */
  readonly Aliases?: readonly string[];
  readonly DefaultCacheBehavior: Behaviour;
  readonly CacheBehaviors?: readonly (Behaviour & { readonly PathPattern: string })[];
  readonly DefaultRootObject?: string;
  readonly CustomErrorResponses?: readonly { readonly ErrorCode: number; readonly ErrorCachingMinTTL?: number }[];
  readonly OriginGroups?: { readonly Items?: readonly OriginGroup[] };
  readonly Origins?: readonly Origin[];
  /** Header of an origin's answer that holds its cache tags. */
  readonly CacheTagConfig?: { readonly HeaderName: string };
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

export interface Origin {
  readonly Id: string;
  readonly OriginPath?: string;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
  readonly CustomOriginConfig?: { readonly OriginReadTimeout?: number };
  readonly S3OriginConfig?: { readonly OriginReadTimeout?: number };
}

export function behavioursOf(config: DistributionConfig): readonly Behaviour[] {
  return [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior];
}

/** Finds the behaviour for a raw path: the first whose pattern fits, else the default one. */
export function behaviourFinder(config: DistributionConfig): (path: string) => Behaviour {
  const patterns = (config.CacheBehaviors ?? []).map((behaviour) => ({
    behaviour,
    fits: toTest(behaviour.PathPattern),
  }));
  if (patterns.length === 0) return () => config.DefaultCacheBehavior;
  return (path) => {
    const normal = withoutDotSegments(path);
    return patterns.find(({ fits }) => fits(normal))?.behaviour ?? config.DefaultCacheBehavior;
  };
}

/** `*` stands for any characters, `?` for one (AWS, "Path pattern"). */
function toTest(pattern: string): (path: string) => boolean {
  const expression = pattern
    .replace(/^\//, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const test = new RegExp(`^/${expression}$`, 's');
  return (path) => test.test(path);
}

/** RFC 3986, section 5.2.4: only to choose the behaviour; the origin gets the path as it was sent. */
function withoutDotSegments(path: string): string {
  return path.includes('/.') ? new URL(`http://host${path}`).pathname : path;
}

/** The origins of a behaviour: those of its group, or the one that it names. */
export function originsOf(config: DistributionConfig, targetId: string): OriginTurns {
  const group = config.OriginGroups?.Items?.find(({ Id }) => Id === targetId);
  return {
    ids: group ? group.Members.Items.map(({ OriginId }) => OriginId) : [targetId],
    failoverOn: group?.FailoverCriteria.StatusCodes.Items ?? [],
  };
}

/** Seconds that CloudFront keeps an error at least, when nothing else is said. */
const ERROR_SECONDS = 10;

export function errorSecondsOf({ CustomErrorResponses = [] }: DistributionConfig): (status: number) => number {
  const told = new Map(
    CustomErrorResponses.map(({ ErrorCode, ErrorCachingMinTTL }) => [ErrorCode, ErrorCachingMinTTL]),
  );
  return (status) => told.get(status) ?? ERROR_SECONDS;
}

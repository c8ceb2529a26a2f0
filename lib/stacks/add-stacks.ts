import { PropertyInjectors } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import type { CodeSource } from '../bundling/code-source.ts';
import type { VitrineConfig } from '../config/config.ts';
import type { WebAclRule } from '../constructs/edge/web-acl-rule.ts';
import { tagKept } from '../kept-tag.ts';
import { propertyDefaults } from '../property-defaults.ts';
import { BackupWatchStack } from './backup-watch-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { RegionStack } from './region-stack.ts';

export interface DeploymentParts {
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** Names of stacks that were deployed before. */
  readonly deployed: readonly string[];
  /** Of the owner's, for the web ACL of media. */
  readonly webAclRules: readonly WebAclRule[];
}

/** The stacks of a deployment. */
export interface DeploymentStacks {
  /** The first is home. */
  readonly regions: readonly [RegionStack, ...RegionStack[]];
  readonly edge: EdgeStack;
  /** One for each region that others are backed up to. */
  readonly backups: readonly BackupWatchStack[];
}

/** Adds the stacks of a deployment to a scope: one per region, one for the edge, and one where backups in other regions are watched. */
export function addStacks(scope: Construct, parts: DeploymentParts): DeploymentStacks {
  PropertyInjectors.of(scope).add(...propertyDefaults(parts.config.retainData, parts.deployed));
  const regions = regionStacks(scope, parts);
  const edge = edgeStack(scope, parts, regions);
  const backups = backupWatchStacks(scope, parts.config, regions);
  tagKept(scope);
  return { regions, edge, backups };
}

function regionStacks(scope: Construct, { config, code }: DeploymentParts): [RegionStack, ...RegionStack[]] {
  const make = (region: string, home?: RegionStack) =>
    new RegionStack(scope, `${config.name}-${region}`, {
      stackName: `${config.name}-${region}`,
      description: `Vitrine in ${region}: originals, variants, library, transformer and API`,
      env: { region },
      terminationProtection: config.retainData,
      config,
      code,
      ...(home && { home }),
    });
  const [first, ...others] = config.regions;
  const home = make(first);
  return [home, ...others.map((region) => make(region, home))];
}

function edgeStack(
  scope: Construct,
  { config, code, webAclRules }: DeploymentParts,
  regions: readonly [RegionStack, ...RegionStack[]],
): EdgeStack {
  return new EdgeStack(scope, `${config.name}-edge`, {
    stackName: `${config.name}-edge`,
    description: 'Vitrine at the edge: distributions, web ACLs and access log',
    env: { region: EDGE_REGION },
    config,
    code,
    regions,
    webAclRules,
  });
}

/** The profile small has no alarms. */
function backupWatchStacks(
  scope: Construct,
  config: VitrineConfig,
  regions: readonly RegionStack[],
): readonly BackupWatchStack[] {
  const { name, profile, backup } = config;
  if (profile !== 'guarded' || !backup) return [];
  const elsewhere = regions.filter(({ region }) => (backup.destinations[region]?.region ?? region) !== region);
  const byDestination = Map.groupBy(elsewhere, ({ region }) => backup.destinations[region]?.region as string);
  return [...byDestination].map(
    ([region, sources]) =>
      new BackupWatchStack(scope, `${name}-backup-${region}`, {
        stackName: `${name}-backup-${region}`,
        description: `Vitrine in ${region}: alarms of backups`,
        env: { region },
        config,
        sources,
      }),
  );
}

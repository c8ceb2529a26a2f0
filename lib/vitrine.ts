import type { Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { builtCode } from './bundling/built-code.ts';
import type { CodeSource } from './bundling/code-source.ts';
import type { VitrineConfig } from './config/config.ts';
import { readConfig } from './config/config.ts';
import type { WebAclRule } from './constructs/edge/web-acl-rule.ts';
import { addStacks } from './stacks/add-stacks.ts';
import { featureFlags, PROJECT_ROOT } from './vitrine-context.ts';

/** A deployment within an app of its owner's. */
export interface VitrineProps {
  /** As the context key "vitrine" of cdk.json has it (lib/config/config.ts). @default a deployment called "vitrine" in eu-west-1 */
  readonly config?: Partial<VitrineConfig>;
  /**
   * Names of the stacks that were deployed before: their tables have deletion protection. CloudFormation could not take back a
   * protected table when something else of a new stack fails.
   * @default none
   */
  readonly deployed?: readonly string[];
  /** Rules of the web ACL for media, before those of Vitrine; the profile "small" has no web ACL. @default none */
  readonly webAclRules?: readonly WebAclRule[];
  /** Where the code of functions and layers comes from. @default built from the repository, at synthesis */
  readonly code?: CodeSource;
}

/**
 * A whole deployment: a stack per region and one for the edge, beneath the app or stage that it is put into. Their names are the
 * same wherever they are, `vitrine-eu-west-1` and `vitrine-edge`, because the command line finds them so.
 */
export class Vitrine extends Construct {
  /** With defaults for what was left out. */
  readonly config: VitrineConfig;
  /** One per region, home first; that of the edge, in us-east-1, last. */
  readonly stacks: readonly Stack[];
  /** Of media, in the stack of the edge. */
  readonly distribution: IDistribution;
  /** Under which media are delivered. */
  readonly mediaHost: string;
  /** Under which the home region's API answers. */
  readonly apiHost: string;

  /** @throws ConfigError with every problem of the configuration at once */
  constructor(scope: Construct, id: string, props: VitrineProps = {}) {
    super(scope, id);
    // The templates are tested with these flags; what the app itself has chosen is for its own stacks.
    for (const [flag, value] of Object.entries(featureFlags())) this.node.setContext(flag, value);
    this.config = readConfig(props.config);
    const { regions, edge, backups } = addStacks(this, {
      config: this.config,
      code: props.code ?? builtCode(PROJECT_ROOT),
      deployed: props.deployed ?? [],
      webAclRules: props.webAclRules ?? [],
    });
    this.stacks = [...regions, edge, ...backups];
    this.distribution = edge.distribution;
    this.mediaHost = edge.mediaHost;
    this.apiHost = edge.apiHost;
  }
}

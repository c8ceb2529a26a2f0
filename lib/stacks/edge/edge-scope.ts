import type { Stack } from 'aws-cdk-lib';
import type { CodeSource } from '../../bundling/code-source.ts';
import type { VitrineConfig } from '../../config/config.ts';
import type { WebAclRule } from '../../constructs/edge/web-acl-rule.ts';
import type { RegionStack } from '../region-stack.ts';

/** Where the parts of the edge are made, and what they are made from. */
export interface EdgeScope {
  readonly stack: Stack;
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** The first is home. */
  readonly regions: readonly [RegionStack, ...RegionStack[]];
  /** The owner's, for the web ACL of media. */
  readonly webAclRules: readonly WebAclRule[];
}

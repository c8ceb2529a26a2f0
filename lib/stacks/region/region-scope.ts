import type { Stack } from 'aws-cdk-lib';
import type { CodeSource } from '../../bundling/code-source.ts';
import type { VitrineConfig } from '../../config/config.ts';
import type { OriginCredentialsKey } from '../../constructs/accounts/origin-credentials-key.ts';
import type { People } from '../../constructs/accounts/people.ts';
import type { SealKey } from '../../constructs/audit/seal-key.ts';
import type { AuditTable } from '../../constructs/storage/audit-table.ts';

/** What further regions take from the home region. */
export interface HomeRegion {
  readonly stackName: string;
  readonly region: string;
  readonly originKey: OriginCredentialsKey;
  readonly people: People | undefined;
  readonly sealKey: SealKey | undefined;
  readonly audit: AuditTable;
}

/** Where the parts of a region's island are made, and what they are made from. */
export interface RegionScope {
  readonly stack: Stack;
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** Undefined in the home region itself. */
  readonly home: HomeRegion | undefined;
}

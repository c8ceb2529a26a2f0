import { Aws, Stack } from 'aws-cdk-lib';
import { CompositePrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { REPLICATED, REPLICATION_LAG_MINUTES, replicationRoleName } from '../../../lambda/contract/backup.ts';
import type { BackupDestination } from '../../config/backup.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import { REPLICATE } from './destination-policy.ts';

export interface ReplicationProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly originals: OriginalsBucket;
  readonly destination: BackupDestination;
  /** Replication Time Control, which has metrics. */
  readonly timeControl: boolean;
  /** What is replicated, waits and fails is measured. */
  readonly hasMetrics: boolean;
}

/**
 * S3 replicates originals and records to a bucket of the customer's (S3 user guide, "Setting up live replication"). Delete markers go
 * along; versions that are deleted by their ids do not, so nobody who empties the source empties the copy.
 */
export class Replication extends Construct {
  constructor(scope: Construct, id: string, props: ReplicationProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: replicationRoleName(props.deployment, Stack.of(this).region),
      description: 'S3 replicates originals and records with it',
      // The second one replicates what was there before.
      assumedBy: new CompositePrincipal(
        new ServicePrincipal('s3.amazonaws.com'),
        new ServicePrincipal('batchoperations.s3.amazonaws.com'),
      ),
    });
    for (const statement of rightsOf(props)) role.addToPolicy(statement);
    const resource = props.originals.bucket.node.defaultChild as CfnBucket;
    resource.replicationConfiguration = { role: role.roleArn, rules: rulesOf(props) };
  }
}

function rulesOf(props: ReplicationProps): CfnBucket.ReplicationRuleProperty[] {
  return Object.entries(REPLICATED).map(([id, prefix], index) => ({
    id,
    priority: index + 1,
    status: 'Enabled',
    filter: { prefix },
    deleteMarkerReplication: { status: 'Enabled' },
    destination: destinationOf(props),
  }));
}

/** In another account the replicas are made its own; S3 refuses to be told so within one account. */
function destinationOf(props: ReplicationProps): CfnBucket.ReplicationDestinationProperty {
  const { destination, timeControl, hasMetrics } = props;
  const time = { minutes: REPLICATION_LAG_MINUTES };
  return {
    bucket: bucketArn(destination),
    ...(destination.account !== undefined && {
      account: destination.account,
      accessControlTranslation: { owner: 'Destination' },
    }),
    ...(timeControl && { replicationTime: { status: 'Enabled', time } }),
    ...((timeControl || hasMetrics) && {
      metrics: { status: 'Enabled', ...(timeControl && { eventThreshold: time }) },
    }),
  };
}

function rightsOf({ originals: { bucket }, destination }: ReplicationProps): PolicyStatement[] {
  const prefixes = Object.values(REPLICATED);
  const isElsewhere = destination.account !== undefined;
  return [
    new PolicyStatement({
      actions: ['s3:GetReplicationConfiguration', 's3:ListBucket', 's3:PutInventoryConfiguration'],
      resources: [bucket.bucketArn],
    }),
    new PolicyStatement({
      actions: [
        's3:GetObjectVersionForReplication',
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionTagging',
        's3:InitiateReplication',
      ],
      resources: prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`)),
    }),
    new PolicyStatement({
      actions: [...REPLICATE, ...(isElsewhere ? ['s3:ObjectOwnerOverrideToBucketOwner'] : [])],
      resources: prefixes.map((prefix) => `${bucketArn(destination)}/${prefix}*`),
    }),
  ];
}

export const bucketArn = ({ bucket }: BackupDestination): string => `arn:${Aws.PARTITION}:s3:::${bucket}`;

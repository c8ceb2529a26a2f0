import { Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import type { PeopleDescription } from '../../../lambda/contract/people.ts';
import type { PeopleConfig } from '../../config/people.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import { accountKeyPolicy } from './account-key-policy.ts';
import { describeDirectories } from './directories.ts';
import { SignIn } from './sign-in.ts';

export interface PeopleProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly config: PeopleConfig;
  /** The home region's. */
  readonly audit: AuditTable;
}

/**
 * What people need beyond the accounts table, in the home region: where they sign in, the KMS key that wraps a key for each person, and the
 * table with the wrapped keys. Its backups reach one day back and no further, so that a key that is erased is gone.
 */
export class People extends Construct {
  readonly #key: Key;
  readonly #keys: TableV2;
  readonly #signIn: SignIn;
  readonly #props: PeopleProps;

  constructor(scope: Construct, id: string, props: PeopleProps) {
    super(scope, id);
    this.#props = props;
    this.#key = new Key(this, 'Key', {
      description: 'Keys of the people of Vitrine',
      alias: `alias/${props.deployment}-people`,
      enableKeyRotation: true,
      policy: accountKeyPolicy(['GenerateDataKey']),
    });
    this.#keys = new TableV2(this, 'Keys', {
      tableName: `${props.deployment}-person-keys`,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 },
    });
    this.#signIn = new SignIn(this, 'SignIn', { deployment: props.deployment, ...props.config });
  }

  /** Lets a function manage people: their keys, their mails, and events in the home region's audit table. */
  grantManage(fn: LambdaFunction): void {
    this.#grantKeys(fn);
    this.#grantEvents(fn);
    this.#grantMail(fn);
    this.#signIn.grantUse(fn);
    this.#describe(fn);
  }

  /** Lets a function mail people, read the log in the home region's audit table and add events there. */
  grantMailing(fn: LambdaFunction): void {
    Grant.addToPrincipal({ grantee: fn, actions: ['kms:Decrypt'], resourceArns: [this.#key.keyArn] }).assertSuccess();
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['dynamodb:GetItem'],
      resourceArns: [this.#keys.tableArn],
    }).assertSuccess();
    this.#grantEvents(fn);
    this.#grantMail(fn);
    this.#describe(fn);
  }

  #describe(fn: LambdaFunction): void {
    const { audit, config } = this.#props;
    const described: PeopleDescription = {
      keyArn: this.#key.keyArn,
      keysTable: this.#keys.tableName,
      auditTable: audit.name,
      mailFrom: config.mailFrom,
      allowedDomains: config.allowedDomains,
      directories: describeDirectories(config.directories),
      directoriesOnly: config.directoriesOnly,
      signIn: this.#signIn.describe(),
    };
    fn.addEnvironment(ENVIRONMENT.people, Stack.of(fn).toJsonString(described));
  }

  #grantKeys(fn: LambdaFunction): void {
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resourceArns: [this.#key.keyArn],
    }).assertSuccess();
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      resourceArns: [this.#keys.tableArn],
    }).assertSuccess();
  }

  #grantEvents(fn: LambdaFunction): void {
    const resources = [this.#props.audit.arn];
    fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources }));
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources,
        conditions: { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
      }),
    );
  }

  /** By whichever identity the account has verified for the sender, an address or its domain. */
  #grantMail(fn: LambdaFunction): void {
    const { mailFrom } = this.#props.config;
    const { account, partition, region } = Stack.of(this);
    const identities = [mailFrom, mailFrom.slice(mailFrom.indexOf('@') + 1)];
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: identities.map((one) => `arn:${partition}:ses:${region}:${account}:identity/${one}`),
        conditions: { StringEquals: { 'ses:FromAddress': mailFrom } },
      }),
    );
  }
}

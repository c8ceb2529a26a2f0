import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyPlan } from '../assembly/plan-assembly.ts';
import { type AwsApis, startAwsApis } from '../aws-apis/aws-apis.ts';
import type { Invalidate } from '../aws-apis/cloudfront.ts';
import { KeyStore } from '../aws-apis/key-store.ts';
import type { SecretProperties } from '../aws-apis/secret-store.ts';
import type { KeyValueStores } from '../cdn/key-value-stores.ts';
import { type DynamoDb, startDynamoDb } from '../dynamodb/dynamodb.ts';
import type { TableProperties } from '../dynamodb/table-properties.ts';
import { type Program, variableOf } from '../program.ts';
import { type S3ObjectEvent, type S3Server, startS3Server } from '../s3/server.ts';
import { StartFault, using } from '../start-fault.ts';
import { WafStore } from '../waf/waf-store.ts';
import { makeBuckets } from './buckets.ts';
import { openKeyValueStores } from './key-value-stores.ts';
import { resourcesOf } from './planned.ts';
import type { Principals } from './principals.ts';

export interface StoresOptions {
  readonly plan: AssemblyPlan;
  /** Where objects, tables and secrets are kept. */
  readonly folder: string;
  readonly program: Program;
  readonly principals: Principals;
  readonly log: (line: string) => void;
  /** Takes each object event, once `s3.startEvents` was called. */
  readonly onEvent: (event: S3ObjectEvent) => Promise<void>;
  readonly invalidate: Invalidate;
  /** Takes what is to be done at the end, as soon as there is something to undo. */
  readonly atEnd: (step: () => Promise<void>) => void;
}

/** The services that keep something, with everything in them that the templates ask for. */
export interface Stores {
  readonly s3: S3Server;
  readonly dynamoDb: DynamoDb;
  readonly apis: AwsApis;
  readonly waf: WafStore;
  readonly keyValueStores: KeyValueStores;
}

/** @throws StartFault naming the file when what was kept cannot be read or written */
export async function startStores(options: StoresOptions): Promise<Stores> {
  await using(options.program, options.folder, () => mkdirSync(options.folder, { recursive: true }));
  const s3 = await startBuckets(options);
  const dynamoDb = await startTables(options);
  const waf = await openWaf(options);
  const keyValueStores = await openKeyValueStores(options);
  const apis = await startApis(options, { waf, keyValueStores });
  return { s3, dynamoDb, apis, waf, keyValueStores };
}

/** IP sets and rule groups as the templates declare them and as they were changed since. */
async function openWaf({ plan, folder, program }: StoresOptions): Promise<WafStore> {
  const file = join(folder, 'waf.json');
  return using(program, file, async () => {
    const waf = await WafStore.open(file);
    const declare = (kind: 'ipSets' | 'ruleGroups', type: string): void => {
      for (const { attributes, properties } of resourcesOf(plan, type)) {
        waf.declare(kind, attributes.Arn ?? '', properties);
      }
    };
    declare('ipSets', 'AWS::WAFv2::IPSet');
    declare('ruleGroups', 'AWS::WAFv2::RuleGroup');
    return waf;
  });
}

async function startBuckets({ plan, folder, program, principals, onEvent, atEnd }: StoresOptions): Promise<S3Server> {
  const s3Folder = join(folder, 's3');
  return using(program, join(s3Folder, 'metadata.db'), async () => {
    const s3 = await startS3Server({
      folder: s3Folder,
      region: resourcesOf(plan, 'AWS::S3::Bucket')[0]?.region ?? 'us-east-1',
      principals: [
        ...[...principals.functions.values()].map((one) => ({ ...one, access: 'all' as const })),
        { ...principals.cdn, access: 'get-only' },
      ],
      onEvent,
    });
    atEnd(() => s3.close());
    makeBuckets(plan, s3, principals);
    return s3;
  });
}

async function startTables({ plan, folder, program, log, atEnd }: StoresOptions): Promise<DynamoDb> {
  const file = join(folder, 'dynamodb.sqlite');
  const dynamoDb = await using(program, file, () =>
    startDynamoDb({ file, programVariable: variableOf(program, 'DYNOXIDE'), log }),
  ).catch((error: Error) => {
    // Its own message is a sentence: the program is missing, or what it said when it ended.
    throw error instanceof StartFault ? error : new StartFault(error.message, { cause: error });
  });
  atEnd(() => dynamoDb.close());
  const tables = [...resourcesOf(plan, 'AWS::DynamoDB::GlobalTable'), ...resourcesOf(plan, 'AWS::DynamoDB::Table')];
  await using(program, file, async () => {
    for (const { ref, properties } of tables) {
      await dynamoDb.ensureTable(ref, properties as unknown as TableProperties);
    }
  });
  return dynamoDb;
}

async function startApis(
  { plan, folder, program, principals, log, invalidate, atEnd }: StoresOptions,
  changeable: Pick<Stores, 'waf' | 'keyValueStores'>,
): Promise<AwsApis> {
  const stateFile = join(folder, 'secrets.json');
  const keys = await openKeys(plan, join(folder, 'keys.json'), program);
  return using(program, stateFile, async () => {
    const apis = await startAwsApis({
      stateFile,
      parameters: new Map(
        resourcesOf(plan, 'AWS::SSM::Parameter').map(({ properties }) => [
          String(properties.Name),
          String(properties.Value),
        ]),
      ),
      principals: new Map(
        [...principals.functions.values()].map(({ accessKeyId, secretAccessKey }) => [accessKeyId, secretAccessKey]),
      ),
      invalidate,
      ...changeable,
      keys,
      log,
    });
    atEnd(() => apis.close());
    for (const { ref, properties } of resourcesOf(plan, 'AWS::SecretsManager::Secret')) {
      await apis.ensureSecret(ref, properties as SecretProperties);
    }
    return apis;
  });
}

async function openKeys(plan: AssemblyPlan, file: string, program: Program): Promise<KeyStore> {
  return using(program, file, async () => {
    const keys = await KeyStore.open(file);
    for (const { attributes } of resourcesOf(plan, 'AWS::KMS::Key')) await keys.ensure(attributes.Arn ?? '');
    for (const { properties } of resourcesOf(plan, 'AWS::KMS::Alias')) {
      keys.alias(String(properties.AliasName), String(properties.TargetKeyId));
    }
    return keys;
  });
}

import { DynamoDBClient, paginateListTables, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Product } from './product.ts';

/**
 * Where a text is: names of all buckets that have it in a key or an object, and of all tables that have it in an item, whatever region
 * they are of. Their owner looks.
 */
export async function placesWith(text: string, { aws }: Product): Promise<string[]> {
  const region = aws.AWS_REGION ?? '';
  const credentials = { accessKeyId: aws.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: aws.AWS_SECRET_ACCESS_KEY ?? '' };
  const s3 = new S3Client({ region, credentials, endpoint: aws.AWS_ENDPOINT_URL_S3 ?? '', forcePathStyle: true });
  const dynamo = new DynamoDBClient({ region, credentials, endpoint: aws.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  return [...(await bucketsWith(text, s3)), ...(await tablesWith(text, dynamo))];
}

async function bucketsWith(text: string, client: S3Client): Promise<string[]> {
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  const found: string[] = [];
  for (const { Name = '' } of Buckets) {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: Name })) {
      for (const { Key = '' } of Contents) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: Name, Key }));
        const body = Buffer.from((await Body?.transformToByteArray()) ?? []);
        if (Key.includes(text) || body.includes(text)) found.push(Name);
      }
    }
  }
  return [...new Set(found)];
}

async function tablesWith(text: string, client: DynamoDBClient): Promise<string[]> {
  const found: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    for (const TableName of TableNames) {
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
        if (JSON.stringify(Items).includes(text)) found.push(TableName);
      }
    }
  }
  return [...new Set(found)];
}

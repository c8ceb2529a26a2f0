import { DescribeKeyValueStoreCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { operationOf, prepareExample } from '../api/example-calls.ts';
import { type Credentials, keyValueStoreClient, REGION, reach } from './clients.ts';
import { callApi } from './deployed-api.ts';
import { resourcesIn } from './deployed-functions.ts';
import { edgeDescription } from './edge-description.ts';
import { sendToTransformer } from './send-to-transformer.ts';
import { takeRole } from './take-role.ts';

/* With the keys of a role: the emulator believes its root without looking. */
let publisher: Credentials;
let wrong: Credentials;
let picture: string;

beforeAll(async () => {
  const resources = await resourcesIn(REGION);
  const role = resources.find(({ LogicalResourceId }) => LogicalResourceId?.startsWith('EdgeSyncPublishRole'));
  publisher = await takeRole(role?.PhysicalResourceId ?? '');
  wrong = { ...publisher, secretAccessKey: `${publisher.secretAccessKey.slice(0, -1)}_` };
  const { body } = await callApi(await prepareExample(operationOf('files.upload'), callApi));
  picture = `/tr:w-10${(body as { readonly filePath: string }).filePath}`;
});

describe('a SigV4 signature', () => {
  const listBuckets = (as: Credentials) =>
    new S3Client(reach(inject('deployment').endpoint, REGION, as)).send(new ListBucketsCommand({}));

  it('is refused with the wrong key, and read with the right one', async () => {
    await expect(listBuckets(wrong)).rejects.toThrow(/signature/i);
    // What is refused now is the right.
    await expect(listBuckets(publisher)).rejects.toThrow(/AccessDenied|not authorized|Access Denied/);
  });

  it('is asked for by the transformer', async () => {
    expect((await sendToTransformer(picture)).status).toBe(200);
    expect((await sendToTransformer(picture, null)).status).toBe(403);
    expect((await sendToTransformer(picture, wrong)).status).toBe(403);
    expect((await sendToTransformer(picture, publisher)).status).toBe(403);
  });
});

describe('a SigV4a signature', () => {
  const describeStore = async (as: Credentials) => {
    const { settingsStoreArn } = await edgeDescription();
    const client = keyValueStoreClient(inject('deployment').endpoint, as);
    return client.send(new DescribeKeyValueStoreCommand({ KvsARN: settingsStoreArn }));
  };

  it('opens the KeyValueStore to who may publish, and to nobody with the wrong key', async () => {
    expect((await describeStore(publisher)).ETag).toBeTruthy();
    await expect(describeStore(wrong)).rejects.toThrow(/signature/i);
  });
});

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, inject, it } from 'vitest';
import { SIGNING_KEYS_KEY } from '../../lambda/contract/edge.ts';
import { HANDLERS, type HandlerName } from '../../lib/bundling/code-source.ts';
import { operationOf, prepareExample } from '../api/example-calls.ts';
import { objectCreated } from '../handlers/events.ts';
import { COPIES } from './assembly.ts';
import { bucketOf, keysIn, replicate } from './buckets.ts';
import { keyValueStoreClient, REGION, rootClients } from './clients.ts';
import { callApi } from './deployed-api.ts';
import { deployedFunction } from './deployed-functions.ts';
import { edgeDescription } from './edge-description.ts';
import { faultsIn } from './function-logs.ts';
import { sendToTransformer } from './send-to-transformer.ts';

/**
 * The emulated deployment has no people: nobody comes in without their sign-in, and nobody is mailed. It has no ceiling of spending either,
 * and no alarm that flips the switch: that asks each minute what is under the hosts of distributions, which the emulator does not serve.
 * The fallback transformer works in failover.test.ts.
 */
const LEFT_OUT = ['break-glass', 'daily-mails', 'reach-ceiling', 'transform-replica', 'watch-region'] as const;
const DEPLOYED = HANDLERS.filter(
  (one): one is Exclude<HandlerName, (typeof LEFT_OUT)[number]> => !LEFT_OUT.some((left) => left === one),
);

/* Each handler runs as it was deployed, under its own role, with a job whose result is looked at afterwards. */
describe('every handler does its work with the rights that it has', () => {
  it.each(DEPLOYED)('%s', async (handler) => {
    await WORK[handler]();

    expect(await faultsIn(await deployedFunction(handler))).toEqual([]);
  });
});

const WORK: Readonly<Record<(typeof DEPLOYED)[number], () => Promise<void>>> = {
  api: async () => {
    const { url } = await uploadExample();
    expect((await callApi({ method: 'GET', path: `/v1/metadata?url=${encodeURIComponent(url)}` })).status).toBe(200);
  },
  'transform-image': async () => {
    const { filePath } = await uploadExample();
    const { status, headers, body } = await sendToTransformer(`/tr:w-20,f-png${filePath}`);

    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(body.subarray(1, 4).toString()).toBe('PNG');
    expect(await keysIn(bucketOf('VariantsBucketName'))).not.toEqual([]);
  },
  ingest: async () => {
    const before = await keysIn(bucketOf('OriginalsBucketName'));
    const { fileId } = await uploadExample();
    const key = (await keysIn(bucketOf('OriginalsBucketName'))).find((one) => !before.includes(one)) ?? '';

    expect(await invoke('ingest', objectCreated(bucketOf('OriginalsBucketName').Bucket, key))).toBeNull();
    expect((await callApi({ method: 'GET', path: `/v1/files/${fileId}/metadata` })).status).toBe(200);
  },
  'mirror-audit': async () => {
    expect(await invoke('mirror-audit', auditStream())).toBeNull();

    expect(await keysIn(bucketOf('AuditBucketName'))).toContain('events/2026-06-01/record.jsonl');
  },
  'seal-audit': async () => {
    expect(await invoke('seal-audit', {})).toBeNull();

    const keys = await keysIn(bucketOf('AuditBucketName'));
    const seals = keys.filter((key) => key.startsWith('seals/'));
    expect([seals.some((key) => key.endsWith('.txt')), seals.some((key) => key.endsWith('.sig'))]).toEqual([
      true,
      true,
    ]);
    expect(keys.filter((key) => key.startsWith('keys/'))).toHaveLength(1);
  },
  'keep-records': async () => {
    const { fileId } = await uploadExample();
    const dynamodb = {
      ...headOf(fileId),
      SequenceNumber: '7',
      ApproximateCreationDateTime: Date.UTC(2026, 5, 1) / 1000,
    };

    expect(await invoke('keep-records', { Records: [{ eventName: 'MODIFY', dynamodb }] })).toBeNull();
    const keys = await keysIn(bucketOf('OriginalsBucketName'));
    expect(keys).toContain(`records/v1/assets/${fileId}.json`);
    expect(keys.some((key) => key.startsWith('records/v1/changes/2026/06/01/00/'))).toBe(true);
  },
  'back-up': async () => {
    expect(await invoke('back-up', {})).toBeNull();

    expect((await keysIn(bucketOf('OriginalsBucketName'))).some((key) => key.endsWith('/manifest.json'))).toBe(true);
  },
  'restore-library': async () => {
    await uploadExample();
    await invoke('back-up', {});
    await replicate(bucketOf('OriginalsBucketName'), COPIES[REGION]);
    const from = COPIES[REGION].Bucket;
    expect(await invoke('restore-library', { action: 'plan', from })).toMatchObject({
      plan: { parts: 1, snapshots: [expect.any(String)] },
    });

    const one = { from, part: 0, parts: 1 };
    expect(await invoke('restore-library', { action: 'copy', ...one })).toMatchObject({ copied: { missing: [] } });
    expect(await invoke('restore-library', { action: 'write', ...one })).toMatchObject({ written: { added: 0 } });
    expect(await invoke('restore-library', { action: 'finish', from })).toMatchObject({ finished: {} });
  },
  'sync-edge': async () => {
    expect(await invoke('sync-edge', {})).toBeNull();

    expect(JSON.parse(await publishedValue(SIGNING_KEYS_KEY))).not.toEqual([]);
  },
  'first-publication': async () => {
    // Part of the deployment, so it was called once already.
    expect(JSON.parse(await publishedValue(SIGNING_KEYS_KEY))).not.toEqual([]);

    expect(await invokeCustomResource('first-publication', 'Update', {})).toMatchObject({ Status: 'SUCCESS' });
  },
  'resume-purges': async () => {
    const { fileId } = await uploadExample();
    await callApi({ method: 'POST', path: '/v1/files/purge', json: { fileId } });

    expect(await invoke('resume-purges', {})).toBeNull();
  },
  'follow-library': async () => {
    const { fileId } = await uploadExample();
    const { Keys, NewImage: OldImage } = headOf(fileId);
    const record = { eventName: 'REMOVE', dynamodb: { Keys, OldImage, SequenceNumber: '1' } };

    expect(await invoke('follow-library', { Records: [record] })).toEqual({ batchItemFailures: [] });
  },
  'deliver-webhooks': async () => {
    const call = await prepareExample(operationOf('webhooks.create'), callApi);
    const { id } = (await callApi({ ...call, json: { url: 'https://10.0.0.1/', events: ['file.created'] } })).body as {
      id: string;
    };
    const createdAt = new Date().toISOString();
    const body = JSON.stringify({ webhookId: id, eventId: 'e', type: 'file.created', createdAt, body: '{}' });
    const attributes = { ApproximateReceiveCount: '1' };
    const event = { Records: [{ messageId: 'm', receiptHandle: 'r', attributes, body }] };

    expect(await invoke('deliver-webhooks', event)).toEqual({ batchItemFailures: [] });
    const { body: deliveries } = await callApi({ method: 'GET', path: `/v1/accounts/webhooks/${id}/deliveries` });
    expect(deliveries).toMatchObject([{ state: 'failed' }]);
  },
  'keep-access-rules': async () => {
    const { accessRuleGroupArn } = await edgeDescription();
    const properties = { GroupArn: accessRuleGroupArn, SetNames: 'vitrine-access-rules-' };

    expect(await invokeCustomResource('keep-access-rules', 'Create', properties)).toMatchObject({ Status: 'SUCCESS' });
  },
  'empty-buckets': async () => {
    const { Bucket } = bucketOf('VariantsBucketName');
    await rootClients(inject('deployment').endpoint, REGION).s3.send(
      new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'x' }),
    );

    const answer = await invokeCustomResource('empty-buckets', 'Delete', { Buckets: [Bucket] });
    expect(answer).toMatchObject({ Status: 'SUCCESS' });
    expect(await keysIn(bucketOf('VariantsBucketName'))).toEqual([]);
  },
};

/** A file's head as the library table's stream tells it. */
const headOf = (fileId: string) => ({
  Keys: { pk: { S: `a#${fileId}` }, sk: { S: 'head' } },
  NewImage: { id: { S: fileId }, revision: { N: '1' } },
});

async function uploadExample(): Promise<{ fileId: string; filePath: string; url: string }> {
  const answer = await callApi(await prepareExample(operationOf('files.upload'), callApi));
  expect(answer.status).toBe(200);
  return answer.body as { fileId: string; filePath: string; url: string };
}

/** An event as the audit table's stream tells it. */
function auditStream() {
  const NewImage = {
    pk: { S: '2026-00' },
    sk: { S: '000000000001' },
    prev: { S: '' },
    hash: { S: 'h' },
    body: { S: '{}' },
  };
  const dynamodb = { ApproximateCreationDateTime: Date.UTC(2026, 5, 1) / 1000, NewImage };
  return { Records: [{ eventID: 'record', eventName: 'INSERT', dynamodb }] };
}

/** Signed with SigV4a, as every call to a KeyValueStore is. */
async function publishedValue(Key: string): Promise<string> {
  const client = keyValueStoreClient(inject('deployment').endpoint);
  const { settingsStoreArn } = await edgeDescription();
  const { Value } = await client.send(new GetKeyCommand({ KvsARN: settingsStoreArn, Key }));
  return Value ?? '';
}

/** @returns what the function answered. @throws what it threw */
async function invoke(handler: HandlerName, event: unknown): Promise<unknown> {
  const { name, region } = await deployedFunction(handler);
  const { lambda } = rootClients(inject('deployment').endpoint, region);
  const Payload = Buffer.from(JSON.stringify(event));
  const answer = await lambda.send(new InvokeCommand({ FunctionName: name, Payload }));
  const payload = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError) throw new Error(payload);
  return JSON.parse(payload);
}

/** As CloudFormation calls one: it answers to a URL. @returns that answer */
async function invokeCustomResource(handler: HandlerName, RequestType: string, ResourceProperties: object) {
  let answer = '';
  const server = createServer(async (request, response) => {
    answer = await text(request);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const RequestId = createHash('sha1').update(handler).digest('hex');
  const common = { StackId: 'stack', LogicalResourceId: 'resource', RequestId, ResponseURL };
  await invoke(handler, { ...common, RequestType, ResourceProperties });
  server.close();
  return JSON.parse(answer);
}

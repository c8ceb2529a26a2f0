import type { UnwrapWebhookEvent } from '@imagekit/nodejs/resources/webhooks';
import ImageKit6 from 'imagekit';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { deliverWebhooks } from './deliver-webhooks.ts';
import type { ReceivedMessage, WebhookReceiver } from './webhook-receiver.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

/* From a change by ImageKit's SDK to what its receiver unwraps, over the real stream, queue and sockets. */
let cloud: CloudFixture;
let api: ApiServer;
let receiver: WebhookReceiver;
let delivering: { readonly end: () => void };
const made: string[] = [];

beforeAll(async () => {
  cloud = await startCloudFixture({ followsChanges: true });
  api = await startApiServer();
  delivering = await deliverWebhooks(cloud);
  receiver = await startWebhookReceiver();
});

afterEach(async () => {
  receiver.status = 200;
  receiver.messages.length = 0;
  for (const id of made.splice(0)) await call('DELETE', `/${id}`);
});

afterAll(async () => {
  delivering?.end();
  api?.close();
  await receiver?.close();
  await cloud?.close();
});

interface Webhook {
  readonly id: string;
  readonly secret: string;
}

interface Delivery {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastStatus?: number;
  readonly lastError?: string;
  readonly nextAttemptAt?: string;
}

async function call<T>(method: string, path: string, json?: object): Promise<T> {
  const response = await fetch(`${api.baseURL}/v1/accounts/webhooks${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${PRIVATE_KEY}:`).toString('base64')}`,
      ...(json && { 'content-type': 'application/json' }),
    },
    body: json ? JSON.stringify(json) : null,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function create(events: readonly string[], url = receiver.url): Promise<Webhook> {
  const webhook = await call<Webhook>('POST', '', { url, events });
  made.push(webhook.id);
  return webhook;
}

const upload = (fileName: string, more = {}) =>
  api.client().files.upload({ file: 'data:text/plain;base64,dGV4dA==', fileName, useUniqueFileName: false, ...more });

const deliveries = ({ id }: Webhook, query = '') => call<Delivery[]>('GET', `/${id}/deliveries${query}`);

const received = (count: number) =>
  vi.waitFor(() => expect(receiver.messages).toHaveLength(count), { timeout: 10_000, interval: 30 });

const inState = (webhook: Webhook, state: string) =>
  vi.waitFor(
    async () => {
      const [delivery] = await deliveries(webhook, `?state=${state}`);
      if (!delivery) throw new Error(`No delivery is ${state}.`);
      return delivery;
    },
    { timeout: 15_000, interval: 50 },
  );

const unwrap = ({ body, headers }: ReceivedMessage, { secret }: Webhook) =>
  api.client().webhooks.unwrap(body, { headers, key: secret }) as UnwrapWebhookEvent;

describe('what happens to a file', () => {
  it('is told as ImageKit tells it, in messages that its SDKs take', async () => {
    const webhook = await create(['file.created', 'file.updated', 'file-version.created', 'file.deleted']);
    const { fileId = '' } = await upload('told.txt');
    await received(1);
    await api.client().files.update(fileId, { tags: ['told'] });
    await received(2);
    await upload('told.txt');
    await received(3);
    await api.client().files.delete(fileId);
    await received(4);

    const events = receiver.messages.map((message) => unwrap(message, webhook));
    expect(events.map(({ type }) => type)).toEqual([
      'file.created',
      'file.updated',
      'file-version.created',
      'file.deleted',
    ]);
    expect(events[0]).toMatchObject({ data: { type: 'file', fileId, name: 'told.txt', filePath: '/told.txt' } });
    expect(events[1]).toMatchObject({ data: { fileId, tags: ['told'] } });
    expect(events[2]).toMatchObject({ data: { fileId, versionInfo: { name: 'Version 2' } } });
    expect((events[3] as { data: unknown }).data).toEqual({ fileId });
    const older = new ImageKit6({ publicKey: 'x', privateKey: 'x', urlEndpoint: 'https://media.example.com' });
    for (const { body, headers } of receiver.messages) {
      expect(older.verifyWebhookEvent(body, headers['x-ik-signature'] ?? '', webhook.secret)).toBeTruthy();
    }
  });

  it('is told only to webhooks that ask for it, and to none that is disabled', async () => {
    await create(['folder.created']);
    const disabled = await create(['file.created']);
    await call('PATCH', `/${disabled.id}`, { isEnabled: false });
    const asking = await create(['file.created']);
    await upload('asked.txt', { folder: '/asked' });
    await received(2);

    const types = receiver.messages.map(({ body }) => JSON.parse(body).type).sort();
    expect(types).toEqual(['file.created', 'folder.created']);
    expect(await deliveries(disabled)).toEqual([]);
    expect(await deliveries(asking)).toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 200 }]);
  });

  it('tells a version that is deleted, and a folder that moves with all that is in it', async () => {
    const { fileId = '' } = await upload('versions.txt', { folder: '/before' });
    const first = await api.client().files.get(fileId);
    await upload('versions.txt', { folder: '/before' });
    const webhook = await create(['file-version.deleted', 'folder.updated', 'folder.deleted']);
    const versionId = first.versionInfo?.id ?? '';
    await api.client().files.versions.delete(versionId, { fileId });
    await api.client().folders.rename({ folderPath: '/before', newFolderName: 'after' });
    await received(2);
    await api.client().folders.delete({ folderPath: '/after' });
    await received(3);

    const events = receiver.messages.map((message) => unwrap(message, webhook) as unknown as { data: unknown });
    expect(events).toEqual([
      expect.objectContaining({ type: 'file-version.deleted', data: { fileId, versionId } }),
      expect.objectContaining({ type: 'folder.updated', data: expect.objectContaining({ folderPath: '/after' }) }),
      expect.objectContaining({ type: 'folder.deleted', data: { folderId: expect.any(String) } }),
    ]);
  });
});

/* EVT-010 of the attacks; that it ends after eight attempts is tried in test/core/webhooks. */
describe('a receiver that fails', () => {
  it('gets the same message again when it is back', async () => {
    const killed = await startWebhookReceiver();
    const webhook = await create(['file.created'], killed.url);
    await killed.close();
    await upload('killed.txt');
    const waiting = await inState(webhook, 'waiting');
    expect(waiting).toMatchObject({ attempts: 1, lastError: 'Nobody answers there.' });
    expect(Date.parse(waiting.nextAttemptAt ?? '') - Date.now()).toBeLessThanOrEqual(6000);

    const back = await startWebhookReceiver(Number(new URL(killed.url).port));
    const delivered = await inState(webhook, 'delivered');
    expect(delivered).toMatchObject({ id: waiting.id, attempts: 2, lastStatus: 200 });
    expect(unwrap(back.messages[0] as ReceivedMessage, webhook).type).toBe('file.created');
    await back.close();
  }, 30_000);

  it('gets the same id and body with every attempt, signed anew', async () => {
    receiver.status = 500;
    const webhook = await create(['file.created']);
    await upload('failing.txt');
    await received(1);
    expect(await inState(webhook, 'waiting')).toMatchObject({
      lastStatus: 500,
      lastError: 'The receiver answered 500.',
    });
    receiver.status = 204;
    await received(2);

    const [first, second] = receiver.messages as [ReceivedMessage, ReceivedMessage];
    expect(second.body).toBe(first.body);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.headers['x-ik-signature']).not.toBe(first.headers['x-ik-signature']);
    expect(unwrap(second, webhook)).toBeTruthy();
  }, 30_000);

  it('and that is gone for good gets nothing more, until somebody has the message sent again', async () => {
    receiver.status = 410;
    const webhook = await create(['file.created']);
    await upload('gone.txt');
    const failed = await inState(webhook, 'failed');
    expect(failed).toMatchObject({ attempts: 1, lastStatus: 410 });
    receiver.status = 200;

    expect(await call('POST', `/${webhook.id}/deliveries/replay`, {})).toEqual({ replayed: 1 });
    await inState(webhook, 'delivered');
    const [first, second] = receiver.messages as [ReceivedMessage, ReceivedMessage];
    expect([second.body, second.headers['webhook-id']]).toEqual([first.body, first.headers['webhook-id']]);
    expect(await call('POST', `/${webhook.id}/deliveries/replay`, {})).toEqual({ replayed: 0 });
    expect(await call('POST', `/${webhook.id}/deliveries/replay`, { deliveryIds: [failed.id] })).toEqual({
      replayed: 1,
    });
    await received(3);
  });

  it('and redirects is not followed', async () => {
    receiver.status = 302;
    const webhook = await create(['file.created']);
    await upload('redirected.txt');

    expect(await inState(webhook, 'waiting')).toMatchObject({ lastStatus: 302 });
    expect(receiver.messages.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('and lies at a private address is never asked', async () => {
    const webhook = await create(['file.created'], 'https://10.0.0.1/');
    const named = await create(['file.created'], `https://localhost:${new URL(receiver.url).port}/`);
    await upload('private.txt');

    expect(await inState(webhook, 'failed')).toMatchObject({
      attempts: 1,
      lastError: 'The URL does not lead to a public address at an ordinary port.',
    });
    // Loopback is excepted here; what listens there speaks no TLS.
    expect(await inState(named, 'waiting')).toMatchObject({ lastError: expect.stringContaining('no HTTP') });
    expect(receiver.messages).toEqual([]);
  });
});

describe('a webhook’s secret', () => {
  it('is shown once, and never stored as it is', async () => {
    const webhook = await create(['file.created']);

    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(await call('GET', `/${webhook.id}`)).not.toHaveProperty('secret');
    const items = JSON.stringify(await cloud.library.items());
    expect(items).toContain(webhook.id);
    expect(items).not.toContain(webhook.secret);
    expect(items).not.toContain(webhook.secret.slice('whsec_'.length));
  });

  it('holds on beside the next one as long as was asked', async () => {
    const webhook = await create(['file.created']);
    const rolled = await call<Webhook>('POST', `/${webhook.id}/secret`, { graceSeconds: 60 });
    await upload('rolled.txt');
    await received(1);
    for (const one of [webhook, rolled]) expect(unwrap(receiver.messages[0] as ReceivedMessage, one)).toBeTruthy();

    const again = await call<Webhook>('POST', `/${webhook.id}/secret`, { graceSeconds: 0 });
    await upload('rolled-again.txt');
    await received(2);
    expect(unwrap(receiver.messages[1] as ReceivedMessage, again)).toBeTruthy();
    expect(() => unwrap(receiver.messages[1] as ReceivedMessage, rolled)).toThrow();
  });
});

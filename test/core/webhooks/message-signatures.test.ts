import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ImageKit from '@imagekit/nodejs';
import ImageKit6 from 'imagekit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messageSignatures, webhookSecret } from '../../../lambda/core/webhooks/message-signatures.ts';

interface Vectors {
  readonly messages: readonly {
    readonly secret: string;
    readonly id: string;
    readonly now: number;
    readonly body: string;
    readonly webhookSignature: string;
    readonly ikSignature: string;
  }[];
  readonly published: { readonly secret: string; readonly body: string; readonly ikSignature: string };
}

const FILE = join(import.meta.dirname, '../../fixtures/webhook-signatures.json');
const { messages, published } = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));

afterEach(() => void vi.useRealTimers());

const client = new ImageKit({ privateKey: 'private_x' });
const older = new ImageKit6({
  publicKey: 'public_x',
  privateKey: 'private_x',
  urlEndpoint: 'https://media.example.com',
});

describe('the signatures of a message', () => {
  it.each(messages)('are those of the vector at $now', ({ secret, id, now, body, webhookSignature, ikSignature }) => {
    const headers = messageSignatures({ id, now, body, secrets: [secret] });

    expect(headers).toEqual({
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': webhookSignature,
      'x-ik-signature': ikSignature,
    });
  });

  it('are that of the vector that ImageKit publishes', () => {
    const now = Number(/^t=(\d+)/.exec(published.ikSignature)?.[1]);
    const { body, secret } = published;

    expect(messageSignatures({ id: 'any', now, body, secrets: [secret] })['x-ik-signature']).toBe(
      published.ikSignature,
    );
  });

  it('are taken by both generations of ImageKit’s SDK, for a secret of ours', () => {
    const secret = webhookSecret(new Uint8Array(24).fill(7));
    const body = '{"type":"file.deleted","id":"1","created_at":"2026-01-01T00:00:00.000Z","data":{"fileId":"2"}}';
    const headers = messageSignatures({ id: '1', now: Date.now(), body, secrets: [secret] });

    expect(client.webhooks.unwrap(body, { headers, key: secret }).type).toBe('file.deleted');
    expect(older.verifyWebhookEvent(body, headers['x-ik-signature'] ?? '', secret).event).toMatchObject({ id: '1' });
    expect(() => client.webhooks.unwrap(`${body} `, { headers, key: secret })).toThrow('No matching signature');
    expect(() => older.verifyWebhookEvent(`${body} `, headers['x-ik-signature'] ?? '', secret)).toThrow();
    vi.setSystemTime(Date.now() + 301_000);
    expect(() => client.webhooks.unwrap(body, { headers, key: secret })).toThrow('too old');
  });

  it('are taken by receivers that still have the secret before', () => {
    const [before, after] = [webhookSecret(new Uint8Array(24)), webhookSecret(new Uint8Array(24).fill(9))];
    const body = '{"type":"file.deleted"}';
    const headers = messageSignatures({ id: '1', now: Date.now(), body, secrets: [after, before] });

    for (const key of [before, after]) expect(client.webhooks.unwrap(body, { headers, key })).toBeTruthy();
    const alone = messageSignatures({ id: '1', now: Date.now(), body, secrets: [after] });
    expect(() => client.webhooks.unwrap(body, { headers: alone, key: before })).toThrow();
  });
});

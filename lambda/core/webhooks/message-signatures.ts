import { createHmac } from 'node:crypto';

export interface SignedMessage {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly body: string;
  /** The one that holds first, then others that receivers may still have. */
  readonly secrets: readonly string[];
}

/**
 * The headers by which a receiver knows a message for ours. The two generations of ImageKit's SDKs look for different
 * headers, and the newer one takes all characters of the secret for the key, where Standard Webhooks decodes what follows
 * `whsec_`; each signature is there, and a receiver takes the one that fits (Standard Webhooks, "Verifying signatures").
 */
export function messageSignatures({ id, now, body, secrets }: SignedMessage): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(now / 1000));
  const content = `${id}.${seconds}.${body}`;
  const standard = secrets.flatMap((secret) => [secret, decoded(secret)].map((key) => `v1,${mac(key, content)}`));
  const older = createHmac('sha256', secrets[0] ?? '')
    .update(`${now}.${body}`)
    .digest('hex');
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': standard.join(' '),
    'x-ik-signature': `t=${now},v1=${older}`,
  };
}

/** @param random 24 bytes that nobody can guess */
export const webhookSecret = (random: Uint8Array): string => `whsec_${Buffer.from(random).toString('base64')}`;

const decoded = (secret: string): Buffer => Buffer.from(secret.slice('whsec_'.length), 'base64');

const mac = (key: string | Buffer, content: string): string =>
  createHmac('sha256', key).update(content).digest('base64');

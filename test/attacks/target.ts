import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit, { toFile } from '@imagekit/nodejs';
import type { FaultRule } from 'local-cloud/faults';
import { expect } from 'vitest';
import { drawScene } from '../images/scene.ts';
import { onCanvas } from '../images/sources.ts';
import type { Product } from '../product/product.ts';
import { startProduct } from '../product/product.ts';
import type { RawAnswer } from './raw-http.ts';
import { sendRaw } from './raw-http.ts';

/** The running product with something to attack in it. */
export interface Target {
  readonly product: Product;
  readonly client: ImageKit;
  /** A text that is in the private file alone, and that no answer and no log may hold. */
  readonly canary: string;
  /** Paths of a public picture, a private one and a file that is no picture. */
  readonly pub: string;
  readonly priv: string;
  readonly pdf: string;
  /** Asks the media host over a raw socket; every answer is held to what must always hold. */
  readonly ask: (target: string, options?: Parameters<typeof sendRaw>[2]) => Promise<RawAnswer>;
  /** Calls the API with the key. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<Response>;
  readonly upload: (
    name: string,
    bytes: Uint8Array,
    options?: { isPrivateFile?: boolean; folder?: string },
  ) => Promise<string>;
  /** Status of the upload when it is refused, else of the delivery. */
  readonly deliver: (name: string, bytes: Uint8Array, query: string) => Promise<RawAnswer>;
  /** What goes wrong in the local cloud from now on. */
  readonly setFaults: (faults: readonly FaultRule[]) => void;
  /** What has gone wrong on purpose. */
  readonly faultLog: () => string;
  /** An ordinary request still works. */
  readonly isAlive: () => Promise<void>;
  readonly stop: () => Promise<unknown>;
}

export async function startTarget(): Promise<Target> {
  const faults = startFaults();
  const product = await startProduct({ args: ['--ephemeral', '--faults', faults.file] });
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
  const canary = `canary-${randomBytes(8).toString('hex')}`;
  const ask: Target['ask'] = async (path, options) => {
    const answer = await sendRaw(product.media, path, options);
    holdToInvariants(answer, [canary, product.privateKey]);
    return answer;
  };
  const upload: Target['upload'] = async (name, bytes, options = {}) => {
    const file = await toFile(bytes, name);
    const answer = await client.files.upload({ file, fileName: name, useUniqueFileName: false, ...options });
    return new URL(answer.url ?? '').pathname;
  };
  const target: Omit<Target, 'pub' | 'priv' | 'pdf'> = {
    product,
    client,
    canary,
    ask,
    upload,
    api: (method, path, body) =>
      fetch(`${product.api}${path}`, {
        method,
        headers: { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    deliver: (name, bytes, query) => deliver(upload, ask, name, bytes, query),
    isAlive: async () => {
      const { status } = await ask(`${pub}?tr=w-33&v=${randomBytes(4).toString('hex')}`);
      expect(status).toBe(200);
    },
    setFaults: faults.set,
    faultLog: () => readFileSync(logOf(product), 'utf8'),
    stop: () => product.stop().finally(faults.remove),
  };
  const scene = onCanvas(drawScene(600, 400));
  const pub = await upload('public.jpg', await scene.clone().jpeg().toBuffer());
  const secret = await scene
    .clone()
    .withExif({ IFD0: { Copyright: canary } })
    .jpeg()
    .toBuffer();
  const priv = await upload('secret.jpg', secret, { isPrivateFile: true, folder: '/private' });
  const pdf = await upload('paper.pdf', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n'));
  return { ...target, pub, priv, pdf };
}

/** At the start the first secret comes late. */
function startFaults() {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-attacks-'));
  const file = join(folder, 'faults.json');
  const set = (faults: readonly FaultRule[]) => writeFileSync(file, JSON.stringify({ seed: 1, faults }));
  set([{ at: 'secrets-manager', fault: 'delay', times: 1 }]);
  return { file, set, remove: () => rmSync(folder, { recursive: true }) };
}

const logOf = ({ output }: Product): string => /Log +(\S+)/.exec(output())?.[1] ?? '';

async function deliver(
  upload: Target['upload'],
  ask: Target['ask'],
  name: string,
  bytes: Uint8Array,
  query: string,
): Promise<RawAnswer> {
  try {
    return await ask(`${await upload(name, bytes, { folder: '/attacks' })}${query ? `?${query}` : ''}`);
  } catch (error) {
    if (!(error instanceof ImageKit.APIError) || error.status === undefined) throw error;
    return { status: error.status, headers: new Map(), body: Buffer.from(String(error.message)) };
  }
}

/** No fault of ours, no cookie, no guessing of types, no secret: whatever was asked. */
function holdToInvariants({ status, headers, body }: RawAnswer, secrets: readonly string[]): void {
  expect(status).not.toBe(500);
  expect(headers.get('set-cookie')).toBeUndefined();
  if (headers.has('ik-error') || status === 200) expect(headers.get('x-content-type-options')).toEqual(['nosniff']);
  const text = [...headers].flat(2).join('\n') + body.toString('latin1');
  for (const secret of secrets) expect(text).not.toContain(secret);
}

/** The private key is printed once, where a person needs it; a file's contents never. */
export function expectNoSecretPrinted({ canary, product }: Target): void {
  const times = (secret: string) => product.output().split(secret).length - 1;
  expect(times(canary), 'times that the canary is printed').toBe(0);
  expect(times(product.privateKey), 'times that the private key is printed').toBeLessThanOrEqual(1);
}

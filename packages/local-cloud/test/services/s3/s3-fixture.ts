import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  type HeadObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  type BucketConfiguration,
  type S3Principal,
  type S3Server,
  type S3ServerOptions,
  startS3Server,
} from '../../../src/services/s3/server.ts';
import { OWNER, READER, REGION } from './principals.ts';

export { OWNER, READER, REGION } from './principals.ts';

type Rest<Input> = Omit<Input, 'Bucket' | 'Key'>;

/** A running server with one bucket, and the real SDK talking to it. */
export class S3Fixture {
  readonly Bucket: string;
  folder = '';
  server!: S3Server;
  client!: S3Client;
  readonly #configuration: Omit<BucketConfiguration, 'name'>;
  readonly #options: Partial<S3ServerOptions>;

  constructor(name: string, configuration: Partial<BucketConfiguration> = {}, options: Partial<S3ServerOptions> = {}) {
    this.Bucket = name;
    this.#configuration = { versioned: false, eventBridge: false, ...configuration };
    this.#options = options;
  }

  get endpoint(): string {
    return this.server.endpoint;
  }

  async start(): Promise<void> {
    this.folder ||= await mkdtemp(join(tmpdir(), 'local-cloud-s3-'));
    this.server = await startS3Server({
      folder: this.folder,
      region: REGION,
      principals: [OWNER, READER],
      ...this.#options,
    });
    this.server.ensureBucket({ name: this.Bucket, ...this.#configuration });
    this.client = clientOf(this.endpoint, OWNER);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.server.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  put(Key: string, Body: string | Uint8Array | Readable, more: Partial<Rest<PutObjectCommandInput>> = {}) {
    return this.client.send(new PutObjectCommand({ Bucket: this.Bucket, Key, Body, ...more }));
  }

  get(Key: string, more: Partial<Rest<GetObjectCommandInput>> = {}) {
    return this.client.send(new GetObjectCommand({ Bucket: this.Bucket, Key, ...more }));
  }

  head(Key: string, more: Partial<Rest<HeadObjectCommandInput>> = {}) {
    return this.client.send(new HeadObjectCommand({ Bucket: this.Bucket, Key, ...more }));
  }

  async text(Key: string, more: Partial<Rest<GetObjectCommandInput>> = {}): Promise<string | undefined> {
    return (await this.get(Key, more)).Body?.transformToString();
  }

  /** All versions of keys under a prefix as the server's database has them: by key, the newest first. */
  versions(prefix = ''): StoredVersion[] {
    const database = new DatabaseSync(join(this.folder, 'metadata.db'), { readOnly: true });
    try {
      const rows = database.prepare('SELECT * FROM objects WHERE bucket = ? ORDER BY key, seq DESC').all(this.Bucket);
      return rows.map(storedVersion).filter(({ Key }) => Key.startsWith(prefix));
    } finally {
      database.close();
    }
  }

  async bytes(Key: string): Promise<Buffer> {
    return Buffer.from((await (await this.get(Key)).Body?.transformToByteArray()) ?? []);
  }
}

export interface StoredVersion {
  readonly Key: string;
  readonly VersionId: string;
  readonly IsLatest: boolean;
  readonly isDeleteMarker: boolean;
}

function storedVersion(row: Readonly<Record<string, unknown>>): StoredVersion {
  return {
    Key: String(row.key),
    VersionId: String(row.version_id),
    IsLatest: row.latest === 1,
    isDeleteMarker: row.marker === 1,
  };
}

/** A fixture for all tests of a file. */
export function useS3(
  name: string,
  configuration: Partial<BucketConfiguration> = {},
  options: Partial<S3ServerOptions> = {},
): S3Fixture {
  const fixture = new S3Fixture(name, configuration, options);
  beforeAll(() => fixture.start());
  afterAll(() => fixture.remove());
  return fixture;
}

export function clientOf(endpoint: string, principal: S3Principal): S3Client {
  return new S3Client({ endpoint, region: REGION, credentials: principal, maxAttempts: 1 });
}

/** The call fails with this status and, unless the answer has no body, this code. */
export async function expectFailure(call: Promise<unknown>, status: number, name?: string): Promise<void> {
  await expect(call).rejects.toMatchObject({ $metadata: { httpStatusCode: status }, ...(name && { name }) });
}

export function md5(bytes: Buffer | string): string {
  return createHash('md5').update(bytes).digest('hex');
}

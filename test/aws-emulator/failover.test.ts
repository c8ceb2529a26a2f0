import sharp from 'sharp';
import { describe, expect, inject, it } from 'vitest';
import type { Method } from '../../lambda/api/operation.ts';
import { RECORDS_PREFIX } from '../../lambda/contract/backup.ts';
import { REGION_HEADER } from '../../lambda/contract/edge.ts';
import { COPIES } from './assembly.ts';
import { bucketOf, keysIn, replicate } from './buckets.ts';
import { AWAY, type EmulatedRegion, REGION } from './clients.ts';
import { callApi } from './deployed-api.ts';
import { askEdge, askOrigin, publishedSettings } from './deployed-edge.ts';
import { deployedFunction } from './deployed-functions.ts';
import { faultsIn } from './function-logs.ts';

/*
 * A region is declared down by the API of the other one, the edge sends its pictures to the fallback transformer there, and that
 * renders from the copy: each part as it was deployed, under its own role. What the emulator cannot do is done for it: the edge's
 * function runs beside it, the account's root makes the copy, and no region is cut off.
 */
interface Direction {
  readonly down: EmulatedRegion;
  /** Whose API is called, and who answers. */
  readonly by: EmulatedRegion;
  /** Prefixes of its endpoints, the second with a residency lock. Home has the default one, without a prefix. */
  readonly open: string;
  readonly locked: string;
  /** Of the switch in the KeyValueStore. */
  readonly key: string;
  /** What the edge asks while the region is there. @default the origins of the behaviour */
  readonly own: readonly string[] | undefined;
}

const DIRECTIONS: readonly Direction[] = [
  {
    ...{ down: AWAY, by: REGION, open: 'west', locked: 'locked-west', key: 'failover:us-west-2' },
    own: ['v-us-west-2', 't-us-west-2'],
  },
  { down: REGION, by: AWAY, open: '', locked: 'locked', key: 'failover:', own: undefined },
];

describe.each(DIRECTIONS)('$down, which $by declares down', ({ down, by, open, locked, key, own }) => {
  const urls = { plain: '', secret: '', signed: '', locked: '' };
  let stayingOut = '';
  let until = '';

  it('is asked for its pictures, and its table tells the names by which they are found in the copy', async () => {
    if (open !== '') await makeEndpoint(down, open, false);
    stayingOut = await makeEndpoint(down, locked, true);
    const plain = await upload(down, 'plain.png', false);
    const secret = await upload(down, 'secret.png', true);
    const ask = { expiresIn: 3000, transformation: 'w-21' };
    const signed = await call(down, 'POST', `/v1/files/${secret.fileId}/signed-url`, ask);
    urls.plain = `${plain.url}?tr=w-40`;
    urls.secret = `${secret.url}?tr=w-40`;
    urls.signed = signed.url ?? '';
    urls.locked = `${inject('deployment').edge.outputs.MediaUrl}/${locked}${plain.filePath}`;

    const names = ['plain.png', 'secret.png'].map((name) => expect.stringMatching(`/files/${name}$`));
    await expect
      .poll(() => keysIn(originalsOf(down)), { timeout: 40_000, interval: 500 })
      .toEqual(expect.arrayContaining(names));
    await replicate(originalsOf(down), COPIES[down]);
    expect((await askEdge(urls.plain)).origins).toEqual(own);
  });

  it('is declared down at the edge and in the log of the region that was called', async () => {
    const begun = await call(by, 'POST', FAILOVERS, { region: down, minutes: 30, reason: 'It does not answer' });
    until = begun.until ?? '';

    expect(begun).toEqual({ region: down, until, to: by, staysOut: [stayingOut] });
    expect(await publishedSettings()).toMatchObject({ [key]: `${Date.parse(until) / 1000} ${by}` });
    expect((await eventsAbout(down, by)).at(0)).toBe('failover.begun');
    expect((await askEdge(urls.plain)).origins).toEqual([`f-${by}`]);
  });

  it('is answered for from its copy: private stays signed, a lock holds, and nothing is stored', async () => {
    const before = await stored();
    const plain = await picture(urls.plain);
    const signed = await picture(urls.signed);

    expect(plain).toEqual({ status: 200, width: 40, from: 'fallback', life: 'public, max-age=60' });
    expect(signed).toMatchObject({ status: 200, width: 21, from: 'fallback' });
    expect(await picture(urls.secret)).toMatchObject({ status: 401, from: 'fallback' });
    expect(await picture(urls.plain.replace('plain', 'none'))).toMatchObject({ status: 404, from: 'fallback' });
    expect(await askEdge(urls.locked)).toMatchObject({ outcome: { statusCode: 503 }, origins: undefined });
    expect(await stored()).toEqual(before);
    expect(await faultsIn(await deployedFunction('transform-replica', [by]))).toEqual([]);
  });

  it('is asked again when the time is over by the clock of the edge, and at once when an operator says so', async () => {
    const end = Date.parse(until);
    expect((await askEdge(urls.plain, new Date(end - 1000))).origins).toEqual([`f-${by}`]);
    expect((await askEdge(urls.plain, new Date(end))).origins).toEqual(own);

    await call(by, 'DELETE', `${FAILOVERS}/${down}`);
    expect(await publishedSettings()).not.toHaveProperty([key]);
    expect((await eventsAbout(down, by)).slice(0, 2)).toEqual(['failover.ended', 'failover.begun']);
    expect((await askEdge(urls.plain)).origins).toEqual(own);
    expect(await faultsIn(await deployedFunction('api', [by]))).toEqual([]);
  });

  /** What the origin answers that the edge chooses. */
  async function picture(url: string) {
    const turn = await askEdge(url);
    const { status, headers, body } = await askOrigin(turn.origins?.[0] ?? '', turn);
    const width = status === 200 ? (await sharp(body).metadata()).width : undefined;
    return { status, width, from: headers.get(REGION_HEADER), life: headers.get('cache-control') };
  }
});

const FAILOVERS = '/v1/accounts/failovers';

const originalsOf = (region: EmulatedRegion) => bucketOf('OriginalsBucketName', region);

async function call(region: EmulatedRegion, method: Method, path: string, json?: object) {
  const { status, body } = await callApi({ method, path, ...(json && { json }) }, region);
  if (status >= 300) throw new Error(`${method} ${path} in ${region}: ${status} ${JSON.stringify(body)}`);
  return body as Readonly<Record<string, string>>;
}

/** @returns its id */
async function makeEndpoint(region: EmulatedRegion, urlPrefix: string, residencyLock: boolean): Promise<string> {
  const made = { description: urlPrefix, urlPrefix, region, residencyLock };
  return (await call(REGION, 'POST', '/v1/accounts/url-endpoints', made)).id ?? '';
}

async function upload(region: EmulatedRegion, fileName: string, isPrivate: boolean) {
  const drawn = sharp({ create: { width: 80, height: 60, channels: 3, background: 'navy' } });
  const form = {
    ...{ file: (await drawn.png().toBuffer()).toString('base64'), fileName, useUniqueFileName: 'false' },
    isPrivateFile: String(isPrivate),
  };
  const { status, body } = await callApi({ method: 'POST', path: '/api/v1/files/upload', form }, region);
  expect([status, body]).toEqual([200, body]);
  return body as Readonly<Record<string, string>>;
}

/** Actions that did not fail, the newest first, in the audit log of a region. */
async function eventsAbout(region: EmulatedRegion, log: EmulatedRegion): Promise<string[]> {
  const { body } = await callApi({ method: 'GET', path: `/v1/audit/events?objectId=${region}` }, log);
  const events = body as readonly { readonly action: string; readonly result?: string }[];
  return events.filter(({ result }) => result === undefined).map(({ action }) => action);
}

/** Keys of all buckets of both regions and of both copies, but for the records that follow the tables' streams later. */
async function stored(): Promise<string[]> {
  const regions = [REGION, AWAY] as const;
  const buckets = [
    ...regions.map(originalsOf),
    ...regions.map((at) => bucketOf('VariantsBucketName', at)),
    ...regions.map((at) => COPIES[at]),
  ];
  const keys = await Promise.all(buckets.map(keysIn));
  return keys.flat().filter((one) => !one.startsWith(RECORDS_PREFIX));
}

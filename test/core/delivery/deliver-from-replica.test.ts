import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { deliverFromReplica } from '../../../lambda/core/delivery/deliver-from-replica.ts';
import type { RenderImage } from '../../../lambda/core/delivery/render-image.ts';
import type { Replica } from '../../../lambda/core/delivery/replica-access.ts';
import { replicaAccess } from '../../../lambda/core/delivery/replica-access.ts';
import { checkAccess } from '../../../lambda/core/protection/check-access.ts';
import {
  ask,
  assets,
  dependencies,
  deps,
  forgetAll,
  keep,
  NOW,
  notedKeys,
  queued,
  reports,
  settings,
  tagsNoted,
  text,
  variants,
} from './memory-delivery.ts';

const HOME = 'eu-west-1';
let lookedUp: string[];
let regions: string[];

beforeEach(() => {
  forgetAll();
  lookedUp = [];
  regions = [];
});

function deliver(
  path: string,
  query = '',
  { hasOrigins = false, copies = [HOME], method = 'GET', render = deps().render } = {},
) {
  const memory = deps({ render });
  const replica: Replica = {
    assets: {
      find: async (asked) => {
        lookedUp.push(asked);
        return assets.get(asked);
      },
      findVersion: async () => undefined,
    },
    originals: memory.originals,
  };
  const files = replicaAccess(
    {
      read: memory.settings.read,
      home: HOME,
      replicaOf: (region) => {
        regions.push(region);
        return copies.includes(region) ? replica : undefined;
      },
      hasOrigins: async () => hasOrigins,
    },
    'default',
  );
  const access = checkAccess({ patternRules: async () => [], clock: () => NOW });
  return deliverFromReplica({ ...memory, ...files, checkAccess: access }, ask(path, query, 'webp', method));
}

describe('a region that answers for another one', () => {
  it('renders from the copy, keeps nothing, and lets nobody keep the answer for long', async () => {
    keep('/a.jpg', 'one');
    const { status, headers, body, stored, afterwards } = await deliver('/a.jpg', 'tr=w-10');
    await stored;

    expect([status, text(body), headers['x-vitrine-region']]).toEqual([200, 'rendered one', 'fallback']);
    expect(headers['cache-control']).toBe('public, max-age=60');
    const kept = [...variants.keys(), ...dependencies, ...tagsNoted, ...queued, ...notedKeys, ...reports];
    expect([kept, afterwards]).toEqual([[], undefined]);
  });

  it('delivers a file as it is, too', async () => {
    keep('/a.pdf', 'one', { fileType: 'non-image', contentType: 'application/pdf' });
    const { status, headers, body } = await deliver('/a.pdf');

    expect([status, text(body), headers['cache-control']]).toEqual([200, 'one', 'public, max-age=60']);
    expect([variants.size, reports]).toEqual([0, []]);
  });

  it('says of a file that it cannot hold when to ask again', async () => {
    keep('/a.zip', 'one', { fileType: 'non-image', contentType: 'application/zip', size: LIMITS.sourceBytes + 1 });
    const { status, headers } = await deliver('/a.zip');

    expect([status, headers['retry-after']]).toEqual([503, '10']);
  });

  it('shows a private file to nobody without a signature', async () => {
    keep('/a.jpg', 'one', { isPrivate: true });
    expect((await deliver('/a.jpg')).status).toBe(401);
  });

  it('shows a file that was taken down to nobody, neither alone nor as a layer of another one', async () => {
    const hours = (number: number) => new Date(NOW + number * 3_600_000).toISOString();
    keep('/open.jpg', 'one');
    keep('/taken.jpg', 'two', { takenDownSince: hours(-2), takenDownUntil: hours(1) });
    keep('/again.jpg', 'three', { takenDownSince: hours(-2), takenDownUntil: hours(-1) });

    expect((await deliver('/taken.jpg')).status).toBe(451);
    const render: RenderImage = async (_source, _plan, _accepts, load) => {
      throw new Error(`drawn with ${text(await load('/taken.jpg'))}`);
    };
    expect((await deliver('/open.jpg', 'tr=l-image,i-taken.jpg,l-end', { render })).status).toBe(451);
    expect((await deliver('/again.jpg')).status).toBe(200);
  });

  it('looks a path up once, however often it is asked whether it is still so', async () => {
    keep('/a.jpg', 'one');
    await deliver('/a.jpg', 'tr=w-10');

    expect(lookedUp).toEqual(['/a.jpg']);
  });

  it('reads the copy of the endpoint’s own region', async () => {
    settings.set('endpoint:default', '{"paused":false,"region":"us-west-2"}');
    keep('/a.jpg', 'one');

    expect((await deliver('/a.jpg', '', { copies: ['us-west-2'] })).status).toBe(200);
    expect((await deliver('/a.jpg')).status).toBe(503);
    expect(new Set(regions)).toEqual(new Set(['us-west-2']));
  });

  it('reads nothing of an endpoint with a residency lock, whatever the edge sends (REG-003)', async () => {
    settings.set('endpoint:default', '{"paused":false,"locked":true}');
    keep('/a.jpg', 'one');
    const { status, headers } = await deliver('/a.jpg');

    expect([status, headers['retry-after'], lookedUp, regions]).toEqual([503, '10', [], []]);
  });

  it('says that a file is not there only where it could be nowhere else', async () => {
    expect((await deliver('/gone.jpg')).status).toBe(404);
    expect((await deliver('/gone.jpg', '', { hasOrigins: true })).status).toBe(503);
  });

  it('fetches nothing that an import left at its origin', async () => {
    keep('/a.jpg', 'one', { objectKey: `pinned:${'a'.repeat(24)}:1700000000000:etag:a.jpg` });
    expect((await deliver('/a.jpg', 'tr=w-10')).status).toBe(503);
  });
});

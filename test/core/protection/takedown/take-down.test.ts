import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import { sha256Hex } from '../../../../lambda/core/kernel/sha256.ts';
import type { PathRecord } from '../../../../lambda/core/library/asset.ts';
import { findPathRecord } from '../../../../lambda/core/library/files/path-record.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import type { PatternRule } from '../../../../lambda/core/protection/check-access.ts';
import { checkAccess } from '../../../../lambda/core/protection/check-access.ts';
import type { TakeDownDeps } from '../../../../lambda/core/protection/takedown/take-down.ts';
import { getTakedown, liftTakedown, takeDown } from '../../../../lambda/core/protection/takedown/take-down.ts';
import type { TakedownRecord } from '../../../../lambda/core/protection/takedown/takedown.ts';
import { takedownSource } from '../../../../lambda/core/protection/takedown/takedown-source.ts';
import { TAKEN_VALUES, takenKey, takenMark } from '../../../../lambda/core/request/refuse-at-edge.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { LibraryWorld } from '../../library/library-world.ts';
import { startLibraryWorld } from '../../library/library-world.ts';

const HASH = sha256Hex('/x/a.jpg');
const NOW = Date.parse('2026-11-25T12:00:00.000Z');

let world: LibraryWorld;
let fileId: string;
let takedowns: Map<string, TakedownRecord>;
let told: AuditEvent[];
let steps: string[];
let reports: string[];
let lost: number;
let deps: TakeDownDeps;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  const present = await findPathRecord(world.deps.store, '/x/a.jpg');
  if (present) await trashFile(world.deps, OWNER, { fileId: present.assetId });
  fileId = (await world.upload('/x/a.jpg', 'a')).head.assetId;
  takedowns = new Map();
  told = [];
  steps = [];
  reports = [];
  lost = 0;
  const { store } = world.deps;
  deps = {
    ...world.deps,
    store: {
      ...store,
      commit: async (change, event) => {
        if (lost-- > 0) return { kind: 'refused', step: 0 };
        const outcome = await store.commit(change, event);
        if (outcome.kind === 'committed') steps.push('head');
        return outcome;
      },
    },
    takedowns: {
      find: async (id) => takedowns.get(id),
      list: async () => [...takedowns.values()],
      commit: async (change, event) => {
        if ('put' in change) takedowns.set(change.put.assetId, change.put);
        else takedowns.delete(change.remove);
        steps.push('put' in change ? 'listed' : 'unlisted');
        told.push(event);
      },
    },
    carryOut: async (effects) => {
      for (const effect of effects) if (effect.effect === 'purge-path') steps.push(`purged ${effect.path}`);
    },
    clock: () => NOW,
    pause: async () => {},
    random: () => 0,
  };
});

const source = (now = NOW) =>
  takedownSource({
    takedowns: deps.takedowns,
    clock: () => now,
    report: (event) => void reports.push(event),
  }).entries();

async function check(now = NOW, rules: PatternRule[] = []) {
  const asset = (await findPathRecord(world.deps.store, '/x/a.jpg')) as PathRecord;
  return checkAccess({ patternRules: async () => rules, clock: () => now })('5/hash/open/shop/variant.webp', asset);
}

describe('takeDown', () => {
  it('lists, marks the head with a new revision, and purges, in this order', async () => {
    await takeDown(deps, OWNER, fileId, { reason: 'copyright', reference: 'case 7', author: 'ann' });

    expect(steps).toEqual(['listed', 'head', 'purged /x/a.jpg']);
    expect(await world.deps.store.head(fileId)).toMatchObject({
      revision: 2,
      takedown: { reason: 'copyright', reference: 'case 7', author: 'ann', since: '2026-11-25T12:00:00.000Z' },
    });
    expect(await source()).toEqual(new Map([[takenKey(HASH), takenMark(HASH)]]));
    await expect(check()).rejects.toMatchObject({ code: 'asset.taken-down', status: 451 });
  });

  it('ends by itself, at the edge and where bytes are read', async () => {
    await takeDown(deps, OWNER, fileId, { reason: 'court order', until: '2026-11-25T13:00:00.000Z' });
    const end = Date.parse('2026-11-25T13:00:00Z');

    await expect(check(end - 1)).rejects.toMatchObject({ code: 'asset.taken-down' });
    await check(end);
    expect([...(await source(end - 1)).values()]).toEqual([`${takenMark(HASH)}${end / 1000}`]);
    expect(await source(end)).toEqual(new Map());
  });

  it('is lifted: head first, list after it', async () => {
    await takeDown(deps, OWNER, fileId, { reason: 'error' });
    steps.length = 0;

    await liftTakedown(deps, OWNER, fileId);

    expect(steps).toEqual(['head', 'purged /x/a.jpg', 'unlisted']);
    const head = await world.deps.store.head(fileId);
    expect(head?.revision).toBe(3);
    expect(head).not.toHaveProperty('takedown');
    await check();
    await expect(getTakedown(deps, fileId)).rejects.toMatchObject({ code: 'takedown.not-found' });
    await expect(liftTakedown(deps, OWNER, fileId)).rejects.toMatchObject({ code: 'takedown.not-found' });
  });

  it('is told with its change, and so is its end', async () => {
    const record = await takeDown(deps, OWNER, fileId, { reason: 'copyright', reference: 'case 7' });
    await liftTakedown(deps, OWNER, fileId);
    await expect(liftTakedown(deps, OWNER, fileId)).rejects.toMatchObject({ code: 'takedown.not-found' });

    const of = { caller: { kind: 'private-key', id: 'private-key' }, object: { kind: 'file', id: fileId } };
    expect(told).toMatchObject([
      { ...of, action: 'file.taken-down', after: { ...record } },
      { ...of, action: 'file.takedown-lifted', before: { ...record } },
    ]);
    expect(record).toMatchObject({ assetId: fileId, path: '/x/a.jpg', reason: 'copyright', reference: 'case 7' });
  });

  it('is tried again when the asset changed meanwhile, but not for ever', async () => {
    lost = 3;
    await takeDown(deps, OWNER, fileId, { reason: 'x' });
    expect((await world.deps.store.head(fileId))?.revision).toBe(2);

    lost = 100;
    await expect(takeDown(deps, OWNER, fileId, { reason: 'x' })).rejects.toMatchObject({ code: 'busy' });
  });

  it.each([
    ['present', { reason: 'x', until: '2020-01-01T00:00:00.000Z' }, 'rule.invalid'],
    ['none', { reason: 'x' }, 'file.missing'],
  ])('of %s with %j is %s', async (id, input, code) => {
    await expect(takeDown(deps, OWNER, id === 'present' ? fileId : id, input)).rejects.toMatchObject({ code });
    expect([steps, told]).toEqual([[], []]);
  });
});

describe('checkAccess', () => {
  const block = (scope: string, ...patterns: string[]): PatternRule => ({ scope, effect: 'block', patterns });

  it('decides URL patterns of the deployment and of the endpoint in the variant’s key', async () => {
    await expect(check(NOW, [block('global', '/x/*.jpg')])).rejects.toMatchObject({
      code: 'access.refused',
      status: 403,
    });
    await expect(check(NOW, [block('shop', '/x/*.jpg')])).rejects.toMatchObject({ code: 'access.refused' });
    await check(NOW, [block('other', '/**'), block('global', '/y/**')]);
  });

  it('lets in only what allow rules take, while they hold', async () => {
    const allow: PatternRule = { scope: 'global', effect: 'allow', patterns: ['/open/**'] };

    await expect(check(NOW, [allow])).rejects.toMatchObject({ code: 'access.refused' });
    await check(NOW, [{ ...allow, startsAt: '2026-11-25T12:00:01Z' }]);
    await check(NOW, [{ ...allow, endsAt: '2026-11-25T12:00:00Z' }]);
  });
});

describe('takedowns at the edge', () => {
  const fill = (count: number, until?: string) => {
    for (let index = 0; index < count; index++) {
      const record = {
        ...{ assetId: String(index), path: `/taken/${index}.jpg`, reason: 'x', author: 'x', since: '' },
      };
      takedowns.set(record.assetId, until === undefined ? record : { ...record, until });
    }
  };
  const marksIn = (values: Iterable<string>) => [...values].flatMap((value) => value.match(/,[0-9a-f]{20}/g) ?? []);

  it('share 512 values, however many there are, each with room to spare', async () => {
    fill(10_000);

    const entries = await source();

    expect(entries.size).toBe(TAKEN_VALUES);
    expect(new Set(marksIn(entries.values())).size).toBe(10_000);
    expect(Math.max(...[...entries.values()].map(({ length }) => length))).toBeLessThanOrEqual(1024);
    expect(reports).toEqual([]);
  });

  it('end by the publication where their ends find no room', async () => {
    fill(10_000, '2026-11-25T13:00:00.000Z');

    const entries = await source();

    expect(new Set(marksIn(entries.values())).size).toBe(10_000);
    expect(Math.max(...[...entries.values()].map(({ length }) => length))).toBeLessThanOrEqual(1024);
    expect(reports).toEqual([]);
  });

  it('never exceed a value: what finds no room is told', async () => {
    fill(40_000);

    const entries = await source();

    expect(Math.max(...[...entries.values()].map(({ length }) => length))).toBeLessThanOrEqual(1024);
    expect(reports).toContain('edge-takedowns-full');
  });
});

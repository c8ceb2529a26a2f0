import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_OPERATIONS } from '../../../lambda/api/table.ts';
import type { Permission } from '../../../lambda/core/accounts/permissions.ts';
import { ROLES } from '../../../lambda/core/accounts/roles.ts';
import { operationOf } from '../example-calls.ts';
import type { Deployment } from './deployment.ts';
import { startDeployment } from './deployment.ts';
import type { EndpointCall, EndpointPlace } from './endpoint-calls.ts';
import { ENDPOINT_CALLS, newRule } from './endpoint-calls.ts';
import { expectedWithEndpoint, outcomeOf } from './expected.ts';
import type { Standing } from './standing.ts';
import { keyOf, newEndpoint, ownerStanding, personKey, personStanding, standing } from './standing.ts';

/* The part of the rights matrix that is about URL endpoints: every operation x standing x place. */
let deployment: Deployment;
let own: EndpointPlace;
let other: EndpointPlace;
let places: readonly EndpointPlace[];
let standings: readonly Standing[];
/** An administrator of the own endpoint. */
let bound: Standing;
let cells = 0;

beforeAll(async () => {
  deployment = await startDeployment();
  const [ownId, otherId] = [await newEndpoint(deployment, 'own'), await newEndpoint(deployment, 'other')];
  const place = async (name: string, scope: string): Promise<EndpointPlace> => ({
    ...{ name, scope, isOwn: scope === ownId },
    ruleId: await newRule(deployment, scope),
  });
  own = await place('the own endpoint', ownId);
  other = await place('another endpoint', otherId);
  places = [own, other, await place('the default endpoint', 'default'), await place('all endpoints', 'global')];
  bound = await standing(deployment, 'admin', { endpointId: ownId });
  standings = [
    ...[ownerStanding(), bound, await standing(deployment, 'admin'), await standing(deployment, 'viewer')],
    await standing(deployment, 'admin', { folderId: '0'.repeat(24) }),
    await standing(deployment, 'auditor', { endpointId: ownId }),
    await standing(deployment, 'auditor'),
    await personStanding(deployment, ['rules.write', 'rules.read', 'endpoints.read'], { endpointId: ownId }),
    await personStanding(deployment, ['rules.read', 'files.read'], { folderId: '0'.repeat(24), endpointId: ownId }),
  ];
}, 120_000);

afterAll(async () => {
  console.log(`rights matrix of endpoints: ${cells} cells`);
  expect(deployment?.faults).toEqual([]);
  await deployment?.close();
});

const placesOf = ({ ofGlobal }: EndpointCall) => places.filter(({ scope }) => ofGlobal || scope !== 'global');

async function cell(row: EndpointCall, who: Standing, place: EndpointPlace) {
  cells++;
  const expected = expectedWithEndpoint(operationOf(row.operation), who, { isOwn: place.isOwn, other: row.other });
  const used = expected === 'let in' && row.use ? await row.use(deployment, place) : place;
  // The endpoint that keys are bound to is not deleted, and the default one cannot be.
  const isKept = row.operation === 'url-endpoints.delete' && expected === 'let in' && place.isOwn;
  const actual = isKept ? expected : outcomeOf((await deployment.send(row.call(used, own), who.key)).status);
  return { cell: [row.operation, row.variant, who.name, place.name].join(', '), expected, actual };
}

const isWrong = ({ expected, actual }: Awaited<ReturnType<typeof cell>>) => expected !== actual;

describe('the rights matrix of URL endpoints', () => {
  it('has a row for every operation that asks for a right with an endpoint', () => {
    const asking = API_OPERATIONS.filter(({ access }) => 'permission' in access && access.withEndpoints);

    expect([...new Set(ENDPOINT_CALLS.map(({ operation }) => operation))].sort()).toEqual(
      asking.map(({ id }) => id).sort(),
    );
  });

  it.each(ENDPOINT_CALLS.map((row) => [[row.operation, row.variant].filter(Boolean).join(', '), row] as const))(
    'holds for %s with every endpoint',
    async (_, row) => {
      const wrong = [];
      for (const who of standings) {
        for (const place of placesOf(row)) {
          const seen = await cell(row, who, place);
          if (isWrong(seen)) wrong.push(seen);
        }
      }

      expect(wrong).toEqual([]);
    },
    60_000,
  );

  it('fails for each of its permissions that is taken out of the table', async () => {
    const permissionOf = ({ operation }: EndpointCall) => {
      const { access } = operationOf(operation);
      return 'permission' in access ? access.permission : undefined;
    };
    const needed = [...new Set(ENDPOINT_CALLS.map(permissionOf))] as Permission[];
    const admin = ROLES.admin as Permission[];
    const before = [...admin];
    const seen: string[] = [];
    for (const permission of needed) {
      admin.splice(0, admin.length, ...before.filter((one) => one !== permission));
      for (const row of ENDPOINT_CALLS.filter((one) => permissionOf(one) === permission && !one.use)) {
        if (isWrong(await cell(row, bound, own))) seen.push(permission);
      }
      admin.splice(0, admin.length, ...before);
    }

    expect([...new Set(seen)]).toEqual(needed);
    expect(needed.length).toBeGreaterThanOrEqual(4);
  });
});

const idsIn = (body: unknown) => (body as readonly { readonly id: string }[]).map(({ id }) => id);

describe('a key that is bound to an endpoint', () => {
  it('finds in lists what belongs to that endpoint and nothing else', async () => {
    const get = async (path: string) => (await deployment.send({ method: 'GET', path }, bound.key)).body;

    expect(idsIn(await get('/v1/accounts/url-endpoints'))).toEqual([own.scope]);
    expect(new Set(idsIn(await get('/v1/accounts/rules')))).toContain(own.ruleId);
    for (const scope of [other.scope, 'default', 'global']) {
      expect([scope, await get(`/v1/accounts/rules?scope=${scope}`)]).toEqual([scope, []]);
    }
    const all = JSON.stringify(await get('/v1/accounts/rules'));
    for (const { ruleId, isOwn } of places) expect(all.includes(ruleId)).toBe(isOwn);
  });

  it('takes no origin into that endpoint that it may not see', async () => {
    const json = { type: 'WEB_PROXY', name: 'Private proxy' };
    const origin = await deployment.made<{ id: string }>({ method: 'POST', path: '/v1/accounts/origins', json });
    const path = `/v1/accounts/url-endpoints/${own.scope}`;
    const update = (key: string) =>
      deployment.send(
        { method: 'PUT', path, json: { description: 'Own', urlPrefix: 'own', origins: [origin.id] } },
        key,
      );

    expect((await update(bound.key)).status).toBe(403);
    expect((await update(ownerStanding().key)).status).toBe(200);
    // What it has already it keeps.
    expect((await update(bound.key)).status).toBe(200);
  });
});

describe('rights with an endpoint', () => {
  it('are given only by who has them there', async () => {
    const { id: manager } = await deployment.made<{ id: string }>({
      method: 'POST',
      path: '/v1/roles',
      json: { name: 'Key manager', permissions: ['keys.read', 'keys.write', 'people.read', 'people.write'] },
    });
    const by = await personKey(deployment, [{ role: manager }, { role: 'admin', endpointIds: [own.scope] }]);
    const make = async (rights: object) =>
      (await deployment.send({ method: 'POST', path: '/v1/accounts/keys', json: { name: 'Given', ...rights } }, by))
        .status;
    const rights = { permissions: ['rules.read', 'rules.write'] };

    expect(await make({ ...rights, endpointIds: [own.scope] })).toBe(201);
    expect(await make({ ...rights, endpointIds: [own.scope, other.scope] })).toBe(403);
    expect(await make({ ...rights, endpointIds: [own.scope], folderIds: ['0'.repeat(24)] })).toBe(403);
    expect(await make(rights)).toBe(403);
    const invite = async (roles: readonly object[]) => {
      const json = { mail: `given-${roles.length}-${Math.random()}@example.com`, name: 'Jo', roles };
      return (await deployment.send({ method: 'POST', path: '/v1/people', json }, by)).status;
    };
    expect(await invite([{ role: 'admin', endpointIds: [other.scope] }])).toBe(403);
    expect(await invite([{ role: 'admin' }])).toBe(403);
    expect(await invite([{ role: 'admin', endpointIds: [own.scope] }])).toBe(201);
  });

  it('of an owner do not make the last owner', async () => {
    const { id } = await keyOf(deployment, { role: 'viewer', endpointIds: [own.scope] });
    const listed = (await deployment.made<readonly object[]>({ method: 'GET', path: '/v1/accounts/keys' })).find(
      (one) => 'id' in one && one.id === id,
    );

    expect(listed).toMatchObject({ role: 'viewer', endpointIds: [own.scope] });
  });

  it('are refused in a form that no endpoint has, with the form that they have', async () => {
    for (const endpointIds of [[], ['x'], ['0'.repeat(23)], 'default', Array.from({ length: 51 }, () => 'default')]) {
      const json = { name: 'Bad', role: 'viewer', endpointIds };
      const { status, body } = await deployment.send(
        { method: 'POST', path: '/v1/accounts/keys', json },
        ownerStanding().key,
      );
      expect([endpointIds, status, (body as { message: string }).message]).toEqual([
        endpointIds,
        400,
        expect.stringContaining('a list of 1 to 50 ids of URL endpoints'),
      ]);
    }
  });
});

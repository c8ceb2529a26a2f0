import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyOperation } from '../../../lambda/api/operation.ts';
import { API_OPERATIONS } from '../../../lambda/api/table.ts';
import type { Permission } from '../../../lambda/core/accounts/permissions.ts';
import { PERMISSIONS } from '../../../lambda/core/accounts/permissions.ts';
import { ROLES } from '../../../lambda/core/accounts/roles.ts';
import { signedIn } from '../../handlers/signed-in.ts';
import type { ExampleCall } from '../example-calls.ts';
import { operationOf } from '../example-calls.ts';
import type { Deployment } from './deployment.ts';
import { SESSION, startDeployment } from './deployment.ts';
import type { Outcome } from './expected.ts';
import { expectedInFolder, expectedOfAccount, outcomeOf } from './expected.ts';
import type { FolderCall } from './folder-call.ts';
import { FOLDER_CALLS } from './folder-calls.ts';
import type { Place, Places } from './places.ts';
import { layOut } from './places.ts';
import type { Standing } from './standing.ts';
import { keyOf, standingsIn } from './standing.ts';

/* AUTHZ-002. Every operation x every role x the whole account or a folder x every place: the outcome follows from the table of
   permissions and from the place alone. */
let deployment: Deployment;
let places: Places;
let standings: readonly Standing[];
let cells = 0;

beforeAll(async () => {
  deployment = await startDeployment();
  places = await layOut(deployment);
  standings = await standingsIn(deployment, places.folderId);
}, 240_000);

afterAll(async () => {
  console.log(`rights matrix: ${cells} cells`);
  await deployment?.close();
});

const guarded = API_OPERATIONS.filter(({ access }) => 'permission' in access);
const isInFolders = ({ access }: AnyOperation) => 'permission' in access && access.inFolders === true;
const isWithEndpoints = ({ access }: AnyOperation) => 'permission' in access && access.withEndpoints === true;
/** Those about URL endpoints are in endpoints.test.ts. */
const ofAccount = guarded.filter((one) => !isInFolders(one) && !isWithEndpoints(one));

/** A call whose ids are nobody's: who is let in is told so, or that it is malformed. */
const anyCall = ({ methods, paths }: AnyOperation): ExampleCall => ({
  method: methods[0],
  path: paths[0].replace(/:\w+/g, '0'.repeat(24)),
});

interface Cell {
  readonly cell: string;
  readonly expected: Outcome;
  readonly actual: Outcome | number;
}

async function accountCell(operation: AnyOperation, standing: Standing): Promise<Cell> {
  const { status } = await deployment.send(anyCall(operation), standing.key);
  const actual = outcomeOf(status);
  return {
    cell: `${operation.id}, ${standing.name}`,
    expected: expectedOfAccount(operation, standing),
    // The id is nobody's.
    actual: actual === 404 ? 'let in' : actual,
  };
}

async function folderCell(row: FolderCall, standing: Standing, place: Place): Promise<Cell> {
  const operation = operationOf(row.operation);
  const expected = expectedInFolder(operation, row, standing, place, places.own);
  const at = row.targetAt === 'counterpart' ? places.own : place;
  const used = expected === 'let in' && row.use ? await row.use(deployment, at) : {};
  const call = row.call({ place, counterpart: places.own, target: { ...at.kept, ...used } });
  const { status } = await deployment.send(call, standing.key);
  const what = [row.operation, row.variant, standing.name, place.name].filter((part) => part !== undefined);
  return { cell: what.join(', '), expected, actual: outcomeOf(status) };
}

const isWrong = ({ expected, actual }: Cell) => expected !== actual;

describe('the rights matrix', () => {
  it('has a row for every operation that asks for a right in a folder', () => {
    const rows = new Set(FOLDER_CALLS.map(({ operation }) => operation));

    expect(guarded.filter((one) => isInFolders(one) && !rows.has(one.id)).map(({ id }) => id)).toEqual([]);
  });

  it('holds for what lies in no folder', async () => {
    const wrong: Cell[] = [];
    for (const operation of ofAccount) {
      for (const standing of standings) {
        const cell = await accountCell(operation, standing);
        cells++;
        if (isWrong(cell)) wrong.push(cell);
      }
    }

    expect([wrong, deployment.faults]).toEqual([[], []]);
  });

  it.each(FOLDER_CALLS.map((row) => [[row.operation, row.variant].filter(Boolean).join(', '), row] as const))(
    'holds for %s in every place',
    async (_, row) => {
      const wrong: Cell[] = [];
      for (const standing of standings) {
        // A list is let in or not, whatever is in it.
        for (const place of row.needs.length > 0 ? places.all : [places.own]) {
          const cell = await folderCell(row, standing, place);
          cells++;
          if (isWrong(cell)) wrong.push(cell);
        }
      }

      expect([wrong, deployment.faults]).toEqual([[], []]);
    },
    60_000,
  );

  it('changes nothing of what was refused', async () => {
    for (const { name, isGone, kept } of places.all) {
      const { status, body } = await deployment.send(
        { method: 'GET', path: `/v1/files/${kept.fileId}/versions` },
        standings[0]?.key ?? null,
      );
      expect([name, status]).toEqual([name, isGone ? 404 : 200]);
      if (isGone) continue;
      const versions = body as readonly {
        readonly filePath: string;
        readonly tags: unknown;
        readonly updatedBy: string;
      }[];
      expect(versions.map(({ filePath, tags, updatedBy }) => ({ filePath, tags, updatedBy }))).toEqual(
        versions.map(() => ({ filePath: kept.filePath, tags: null, updatedBy: 'private-key' })),
      );
    }
  });
});

describe('a key that is none any more', () => {
  it('is refused by every operation, as none is', async () => {
    const refused = async (key: string | null, status: number) => {
      const open: string[] = [];
      for (const operation of guarded) {
        cells++;
        if ((await deployment.send(anyCall(operation), key)).status !== status) open.push(operation.id);
      }
      return open;
    };
    const revoked = await keyOf(deployment, { role: 'admin' });
    await deployment.made({ method: 'DELETE', path: `/v1/accounts/keys/${revoked.id}` });
    const endsAt = new Date(Date.now() + 250).toISOString();
    const ended = await keyOf(deployment, { role: 'admin', endsAt });
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(await refused(null, 401)).toEqual([]);
    expect(await refused(revoked.key, 403)).toEqual([]);
    expect(await refused(ended.key, 403)).toEqual([]);
  });
});

describe('a person who may not come in', () => {
  /** An owner, so that nothing but how they came in is in the way. */
  async function owner() {
    const json = { mail: `out-${randomUUID()}@example.com`, name: 'Out', roles: [{ role: 'owner' }] };
    const person = await deployment.made<{ id: string; invitationToken: string }>({
      method: 'POST',
      path: '/v1/people',
      json,
    });
    const token = { token: person.invitationToken };
    await deployment.made({ method: 'POST', path: '/v1/people/invitations/accept', json: token });
    return person.id;
  }

  it.each([
    [
      'without the second factor that is asked of everybody',
      403,
      (id: string) => signedIn(id, { hasSecondFactor: false }),
    ],
    ['after the session’s last moment', 401, (id: string) => signedIn(id, { secondsAgo: 43_200 })],
    ['by a directory that is none of theirs', 401, (id: string) => signedIn(id, { directory: 'gone' })],
    [
      'when they are disabled',
      401,
      async (id: string) => {
        const secret = await signedIn(id);
        await deployment.made({ method: 'PATCH', path: `/v1/people/${id}`, json: { status: 'disabled' } });
        return secret;
      },
    ],
  ])(
    'is refused by every operation %s',
    async (_, status, comeIn) => {
      const key = `${SESSION}${await comeIn(await owner())}`;
      const open: string[] = [];
      for (const operation of guarded) {
        cells++;
        const call = anyCall(operation);
        const own = { ...call, path: call.path.replace(/(\/v1\/people)\/0{24}/, '$1/me') };
        if ((await deployment.send(own, key)).status !== status) open.push(operation.id);
      }

      expect(open).toEqual([]);
    },
    60_000,
  );
});

describe('the table of permissions', () => {
  /** Takes a permission out of every role; what held it by its role is refused by the code under test from then on. */
  async function without<T>(permission: Permission, work: () => Promise<T>): Promise<T> {
    const tables = [...new Set<readonly Permission[]>(Object.values(ROLES))] as Permission[][];
    const before = tables.map((table) => [...table]);
    for (const table of tables) table.splice(0, table.length, ...table.filter((one) => one !== permission));
    try {
      return await work();
    } finally {
      for (const [index, table] of tables.entries()) table.splice(0, table.length, ...(before[index] ?? []));
    }
  }

  /** Whether a cell of the matrix is wrong now, of those that the owner meets in one folder. */
  async function isSeen(permission: Permission): Promise<boolean> {
    const holder = standings[0] as Standing;
    for (const row of FOLDER_CALLS.filter(({ needs }) => needs.some((need) => need.permission === permission))) {
      const cell = await before(row, holder);
      if (cell && isWrong(cell)) return true;
    }
    for (const operation of guarded) {
      if (!('permission' in operation.access) || operation.access.permission !== permission) continue;
      if (!isInFolders(operation) && isWrong(await accountCell(operation, holder))) return true;
      const lists = FOLDER_CALLS.filter((row) => row.operation === operation.id && row.needs.length === 0);
      for (const row of lists) if (isWrong(await folderCell(row, holder, places.own))) return true;
    }
    return false;
  }

  /** What a call uses up cannot be made without the permission; what is kept serves, because it must be refused. */
  const before = (row: FolderCall, holder: Standing) => {
    const { use: _, ...kept } = row;
    return folderCell(kept, holder, places.own);
  };

  it('is held to by the matrix: each permission that is taken out of it is seen', async () => {
    const all = [...PERMISSIONS];
    const needed = new Set([
      ...guarded.map(({ access }) => ('permission' in access ? access.permission : undefined)),
      ...FOLDER_CALLS.flatMap(({ needs }) => needs.map((need) => need.permission)),
    ]);
    const unseen: string[] = [];
    for (const permission of all) {
      if (!(await without(permission, () => isSeen(permission)))) unseen.push(permission);
    }
    console.log(`rights matrix: ${all.length} permissions taken out, ${all.length - unseen.length} seen`);

    expect(unseen).toEqual(all.filter((permission) => !needed.has(permission)));
  }, 60_000);
});

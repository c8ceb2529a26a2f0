import { expect } from 'vitest';
import { waitUntil } from '../../proofs/wait-until.ts';
import { attack, elsewhere } from './attack-case.ts';
import { call, details, listed, readVersions, tryUpload, uploadText } from './library-calls.ts';
import type { Target } from './target.ts';

/** While something goes wrong on purpose. */
async function during<T>(
  target: Target,
  faults: Parameters<Target['setFaults']>[0],
  work: () => Promise<T>,
): Promise<T> {
  target.setFaults(faults);
  try {
    return await work();
  } finally {
    target.setFaults([]);
  }
}

const COMMIT = { at: 'dynamodb', call: 'TransactWriteItems' } as const;

/** Stores and services that fail, at the fault points of the local cloud. */
export const FAULT_CASES = [
  attack(
    'FAULT-001',
    'bytes are stored and the records are not: nothing is visible, and the upload can be repeated',
    async (target) => {
      const path = '/faults/records.txt';
      const refused = await during(target, [{ ...COMMIT, fault: 'conflict' }], () => tryUpload(target, path, 'text'));

      expect(refused.status).toBe(503);
      expect(await listed(target, '/faults')).toEqual([]);
      const { fileId } = await uploadText(target, path, 'text');
      expect(await readVersions(target, fileId)).toEqual([{ number: 1, text: 'text' }]);
    },
  ),
  attack('FAULT-002', 'the answer to a commit is lost: the call ends well, and once', async (target) => {
    const faults = [{ ...COMMIT, fault: 'lose-answer', times: 5 }] as const;
    const { fileId } = await during(target, faults, () => uploadText(target, '/faults/lost.txt', 'text'));

    expect(await readVersions(target, fileId)).toEqual([{ number: 1, text: 'text' }]);
  }),
  attack('FAULT-004', 'transactions that meet others or are throttled are repeated, and done once', async (target) => {
    const faults = [
      { ...COMMIT, fault: 'conflict', times: 5 },
      { ...COMMIT, fault: 'throttle', times: 5 },
    ] as const;
    const { fileId } = await during(target, faults, () => uploadText(target, '/faults/conflict.txt', 'text'));

    expect(await readVersions(target, fileId)).toEqual([{ number: 1, text: 'text' }]);
  }),
  elsewhere('FAULT-006', 'who carries out what follows from a change dies', 'proofs/library-product.ts'),
  attack('FAULT-007', 'the CDN takes no invalidation at first: it is told again', async (target) => {
    const path = '/faults/purged.txt';
    const delivered = async () => (await target.ask(path)).body.toString();
    await uploadText(target, path, 'old');
    expect(await delivered()).toBe('old');

    await during(target, [{ at: 'cloudfront', fault: 'throttle', times: 2 }], () => uploadText(target, path, 'new'));

    await waitUntil('the new text is delivered', async () => (await delivered()) === 'new', 90);
  }),
  attack(
    'FAULT-009',
    'bytes cannot be deleted: the file is gone, and never said to be erased before',
    async (target) => {
      const path = '/faults/erased.txt';
      const { fileId } = await uploadText(target, path, 'text');
      const erase = () => call(target, 'DELETE', `/v1/files/${fileId}?purge=true`);
      const answer = await during(
        target,
        [
          { at: 's3', call: 'DELETE', fault: 'error' },
          { at: 's3', call: 'POST', fault: 'error' },
        ],
        erase,
      );

      expect(answer.status).toBeGreaterThanOrEqual(500);
      await waitUntil('it is not delivered', async () => (await target.ask(path)).status === 404, 10);
      expect((await erase()).status).toBe(404);
    },
  ),
  attack(
    'FAULT-011',
    'the database is throttled: what the CDN has is delivered, calls are told to come back',
    async (target) => {
      const path = `${target.pub}?tr=w-44`;
      expect((await target.ask(path)).status).toBe(200);
      const [picture, list] = await during(target, [{ at: 'dynamodb', fault: 'throttle' }], () =>
        Promise.all([target.ask(path), call(target, 'GET', '/v1/files?path=/')]),
      );

      expect(picture.status).toBe(200);
      expect([list.status, list.headers.get('retry-after')]).toEqual([503, '1']);
      await target.isAlive();
    },
  ),
  attack(
    'FAULT-012',
    'no key can be decrypted: what needs one is refused, what is public is delivered',
    async (target) => {
      const faults = [{ at: 'kms', fault: 'deny' }] as const;
      const [made, picture] = await during(target, faults, () =>
        Promise.all([call(target, 'POST', '/v1/signing-keys', { name: 'no key' }), target.ask(target.priv)]),
      );

      expect(made.status).toBeGreaterThanOrEqual(400);
      expect(picture.status).toBe(401);
      await target.isAlive();
    },
  ),
  attack('FAULT-014', 'the secret comes late at a cold start: no other key is taken meanwhile', async (target) => {
    // The target starts with it.
    expect(target.faultLog()).toContain('Fault: secrets-manager delay');
    const { status } = await call(target, 'GET', '/v1/files?path=/', undefined, {
      authorization: `Basic ${btoa(':')}`,
    });
    expect(status).toBe(401);
  }),
  attack('FAULT-017', 'the event cannot be written: the change is not made either', async (target) => {
    const { fileId } = await uploadText(target, '/faults/audit.txt', 'text');
    const before = await details(target, fileId);
    const change = () => call(target, 'PATCH', `/v1/files/${fileId}/details`, { description: 'changed' });
    const { status } = await during(target, [{ ...COMMIT, fault: 'conflict' }], change);

    expect(status).toBe(503);
    // What the file's bytes show may be noted meanwhile; that is no change of it.
    const after = await details(target, fileId);
    expect([after.description, after.updatedAt]).toEqual([before.description, before.updatedAt]);
  }),
  elsewhere(
    'FAULT-019',
    'who changes a file, a folder or the trash is killed before each write',
    'test/core/library/jobs/killed-changes.test.ts',
  ),
];

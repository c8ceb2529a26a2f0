import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openListener } from '../../../src/listener.ts';
import { startUserPool } from '../../../src/services/cognito/user-pool.ts';
import { Mailbox } from '../../../src/services/ses/mailbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'user-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One life of the issuer. */
async function life() {
  const listener = await openListener(0, 'PORT');
  const pool = await startUserPool({
    poolId: 'pool',
    url: `http://${listener.host}`,
    clients: [],
    mailbox: await Mailbox.open(undefined),
    fileOf: (name) => join(folder, name),
    hashCost: 10,
  });
  listener.serve(pool.handle);
  const keys = await (await fetch(`http://${listener.host}/.well-known/jwks.json`)).text();
  const end = async () => {
    await pool.close();
    await listener.close();
  };
  return { pool, keys, end };
}

it('what the issuer signs with and who has an account are there after a restart', async () => {
  const first = await life();
  const password = await first.pool.accounts.create('jo@example.com');
  await first.end();
  const second = await life();

  expect(JSON.parse(first.keys).keys).toHaveLength(1);
  expect(second.keys).toBe(first.keys);
  const account = second.pool.accounts.find('jo@example.com');
  expect(await second.pool.accounts.checkPassword(account, password ?? '')).toBe(true);
  await second.end();
});

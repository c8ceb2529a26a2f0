import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiHandler } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { accepted, invite, signedInPerson } from './person-at-browser.ts';

/* How long an answer takes must not tell whether somebody has an address. Both kinds of calls are made in turn, so that what else the machine
   does meets both, and their medians are compared. */
let cloud: CloudFixture;
let handler: ApiHandler;

beforeAll(async () => {
  cloud = await startCloudFixture({ hasIssuer: true });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => {
  for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
});
afterAll(() => cloud?.close());

const ROUNDS = 15;

/** How much longer the median of one kind may be than that of the other. */
const FACTOR = 1.8;

const freshMail = () => `t${randomBytes(6).toString('hex')}@example.com`;

async function duration(call: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await call();
  return performance.now() - begun;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The larger median by the smaller one. */
async function factorOf(known: () => Promise<unknown>, unknown: () => Promise<unknown>): Promise<number> {
  const times = { known: [] as number[], unknown: [] as number[] };
  await Promise.all([known(), unknown()]);
  for (let round = 0; round < ROUNDS; round++) {
    times.known.push(await duration(known));
    times.unknown.push(await duration(unknown));
  }
  const [one, other] = [median(times.known), median(times.unknown)];
  console.log(`medians in ms: known ${one.toFixed(1)}, unknown ${other.toFixed(1)}`);
  return Math.max(one, other) / Math.min(one, other);
}

describe('the time of an answer does not tell an address', () => {
  it('that is given with a wrong password', async () => {
    const mails = await Promise.all(
      [1, 2].map(async () => (await accepted(cloud, handler, new Browser(handler))).person.mail),
    );
    const browser = new Browser(handler);
    const { url } = await browser.get('/auth/login');
    const wrongFor = (next: () => string) => () => browser.post(url, { mail: next(), password: 'not the password' });
    let turn = 0;

    // Two in turn: ten wrong passwords of one are the most that are looked at.
    const known = wrongFor(() => mails[turn++ % 2] ?? '');
    expect(await factorOf(known, wrongFor(freshMail))).toBeLessThan(FACTOR);
  });

  it('of an invitation that was accepted', async () => {
    const { person } = await signedInPerson(cloud, handler);
    const accept = (token: string) => new Browser(handler).api('POST', '/v1/people/invitations/accept', { token });
    const statuses = await Promise.all([accept(person.invitationToken), accept('x'.repeat(43))]);

    expect(statuses.map(({ status, json }) => [status, json.code])).toEqual([
      [400, 'invitation.invalid'],
      [400, 'invitation.invalid'],
    ]);
    expect(
      await factorOf(
        () => accept(person.invitationToken),
        () => accept('x'.repeat(43)),
      ),
    ).toBeLessThan(FACTOR);
  });

  it('that somebody asks for as their new one', async () => {
    const somebody = await invite(handler);
    const people: string[] = [];
    for (let count = 0; count <= ROUNDS; count++) {
      people.push((await accepted(cloud, handler, new Browser(handler))).person.id);
    }
    const askFor = (next: () => string) => {
      let turn = 0;
      return async () => {
        const path = `/v1/people/${people[turn++]}/mail`;
        const { status } = await new Browser(handler).api('POST', path, { mail: next() }, PRIVATE_KEY);
        expect(status).toBe(202);
      };
    };

    expect(
      await factorOf(
        askFor(() => somebody.mail),
        askFor(freshMail),
      ),
    ).toBeLessThan(FACTOR);
  });
});

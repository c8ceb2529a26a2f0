import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DailyMails } from '../../lambda/contract/daily-mails.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import type { ApiHandler } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { lambdaContext } from './events.ts';
import { accepted, mailsTo, signedInPerson } from './person-at-browser.ts';

/* The function as EventBridge calls it, past the end of the day in which everything happens. */
let cloud: CloudFixture;
let api: ApiHandler;
let run: (event: DailyMails, context: Context) => Promise<void>;
let ahead = 0;

const DAY = 86_400_000;

beforeAll(async () => {
  const now = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
  cloud = await startCloudFixture({ hasIssuer: true });
  delete process.env[ENVIRONMENT.auditBucket];
  ({ handler: api } = await import('../../lambda/handlers/api.ts'));
  ({ handler: run } = await import('../../lambda/handlers/daily-mails.ts'));
});

beforeEach(() => {
  ahead = 0;
  for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await cloud?.close();
});

const asOwner = (method: string, path: string, json?: object) => new Browser(api).api(method, path, json, PRIVATE_KEY);

async function madeReport(report: object) {
  const { status, json } = await asOwner('POST', '/v1/audit/reports', { name: 'All', frequency: 'daily', ...report });
  expect([status, json.message]).toEqual([201, undefined]);
  return json as { readonly id: string; readonly sentUntil?: string };
}

/** A day later everything is over that happens now. */
async function tomorrow(mails: DailyMails['mails'] = 'audit-reports'): Promise<void> {
  ahead += DAY;
  try {
    await run({ mails }, lambdaContext());
  } finally {
    ahead -= DAY;
  }
}

const reportsTo = (mail: string) => mailsTo(cloud, mail).filter((text) => text.startsWith('What the audit log has'));
const newPerson = async (role: string) => (await accepted(cloud, api, new Browser(api), { role })).person;
const endReports = async () => {
  for (const { id } of (await asOwner('GET', '/v1/audit/reports')).json) {
    await asOwner('DELETE', `/v1/audit/reports/${id}`);
  }
};
const countOf = (text: string, name: string): number =>
  Number(new RegExp(`^ *(\\d+)  ${name}$`, 'm').exec(text)?.[1] ?? 0);

describe('a report of the audit log', () => {
  it('is mailed once to who may read the log, with what the log has', async () => {
    const { browser, person } = await signedInPerson(cloud, api, 'auditor');
    const viewer = await newPerson('viewer');
    const { json } = await browser.api('POST', '/v1/audit/reports', {
      ...{ name: 'All', frequency: 'daily', personIds: [person.id, viewer.id] },
    });
    await browser.api('POST', '/v1/people', { mail: 'x@example.com', name: 'X', roles: [{ role: 'viewer' }] });
    await tomorrow();
    await tomorrow();

    const [text = '', ...more] = reportsTo(person.mail);
    expect([more, reportsTo(viewer.mail)]).toEqual([[], []]);
    const today = new Date().toISOString().slice(0, 10);
    const events = (await cloud.library.events()).filter(
      ({ at, action }) => at.startsWith(today) && action !== 'audit-report.sent',
    );
    expect(text).toContain(`Events: ${events.length}\n`);
    for (const action of new Set(events.map((one) => one.action))) {
      expect([action, countOf(text, action)]).toEqual([action, events.filter((one) => one.action === action).length]);
    }
    const own = events.filter(({ caller }) => caller.id === person.id).length;
    expect(countOf(text, `person ${person.id}`)).toBe(own);
    const refused = events.filter(({ action }) => action === 'attempts.refused');
    const attempts = refused.reduce((sum, { after }) => sum + Number(after?.count), 0);
    expect([attempts > 0, countOf(text, 'permission.missing')]).toEqual([true, attempts]);
    expect(text).toContain('This deployment makes none');
    expect(text.match(/https?:\/\/\S+/g)).toEqual([
      expect.stringMatching(/^http:\/\/localhost:4001\/v1\/audit\/events\?from=/),
    ]);
    for (const personal of [person.mail, viewer.mail, 'x@example.com', '192.0.2']) expect(text).not.toContain(personal);

    const sent = (await cloud.library.events()).filter(({ action }) => action === 'audit-report.sent');
    expect(sent).toEqual([
      expect.objectContaining({
        ...{ source: 'system', object: { kind: 'audit-report', id: json.id } },
        after: expect.objectContaining({ personIds: [person.id] }),
      }),
    ]);
    await endReports();
  });

  it('counts the actions and callers that it is about, and no others', async () => {
    const person = await newPerson('owner');
    await madeReport({ personIds: [person.id], actions: ['person.invited'], callerIds: ['nobody'] });
    await madeReport({ name: 'Invited', personIds: [person.id], actions: ['person.invited'] });
    await tomorrow();

    const invited = (await cloud.library.events()).filter(({ action }) => action === 'person.invited').length;
    expect(reportsTo(person.mail).map((text) => /^Events: (\d+)$/m.exec(text)?.[1])).toEqual([String(invited), '0']);
    await endReports();
  });

  it('is not mailed to who turned it off', async () => {
    const { browser, person } = await signedInPerson(cloud, api, 'admin');
    await browser.api('PATCH', '/v1/people/me/profile', { notifications: { auditReport: false } });
    await madeReport({ personIds: [person.id] });
    await tomorrow();

    expect(reportsTo(person.mail)).toEqual([]);
    await endReports();
  });

  it('that cannot be mailed makes the run fail, says so in the log, and is sent by the next', async () => {
    const person = await newPerson('admin');
    const { id } = await madeReport({ personIds: [person.id] });
    const fails = vi.spyOn(cloud.mailbox, 'put').mockRejectedValue(new Error('the post is closed'));
    await expect(tomorrow()).rejects.toThrow(id);
    fails.mockRestore();

    const results = async () =>
      (await cloud.library.events()).flatMap(({ action, object, result = 'done' }) =>
        action === 'audit-report.sent' && object.id === id ? [result] : [],
      );
    expect((await results()).sort()).toEqual(['done', 'failed']);
    expect(reportsTo(person.mail)).toEqual([]);
    await tomorrow();
    expect((await results()).sort()).toEqual(['done', 'done', 'failed']);
    expect(reportsTo(person.mail)).toHaveLength(1);
    await endReports();
  });

  it('names people that there are, and is nobody’s who may not read the log', async () => {
    const body = { name: 'All', frequency: 'daily', personIds: ['0'.repeat(24)] };
    expect((await asOwner('POST', '/v1/audit/reports', body)).json.code).toBe('audit-report.invalid');

    const { browser } = await signedInPerson(cloud, api, 'editor');
    expect((await browser.api('GET', '/v1/audit/reports')).status).toBe(403);
  });
});

describe('keys that end', () => {
  const SUBJECT = 'Keys of your media library end';
  const told = (mail: string) =>
    cloud.mailbox.list().filter(({ to, subject }) => to.includes(mail) && subject === SUBJECT);
  const keyFor = async (name: string, days: number) => {
    const endsAt = new Date(Date.now() + days * DAY).toISOString();
    const { status } = await asOwner('POST', '/v1/accounts/keys', { name, permissions: ['files.read'], endsAt });
    expect(status).toBe(201);
  };

  it('are told of a week and a day before, to who may replace them and did not turn it off', async () => {
    const names = [7, 8, 9, 1, 2].map((days) => [`k${randomBytes(3).toString('hex')}`, days] as const);
    for (const [name, days] of names) await keyFor(name, days);
    const admin = await newPerson('admin');
    const viewer = await newPerson('viewer');
    const { browser, person: deaf } = await signedInPerson(cloud, api, 'admin');
    await browser.api('PATCH', '/v1/people/me/profile', { notifications: { keyEnding: false } });
    await tomorrow('ending-keys');

    const [mail, ...more] = told(admin.mail);
    expect([more, told(viewer.mail), told(deaf.mail)]).toEqual([[], [], []]);
    expect(names.filter(([name]) => mail?.text.includes(name)).map(([, days]) => days)).toEqual([8, 2]);
    expect(mail?.text).not.toMatch(/private_\w{20}/);
  });
});

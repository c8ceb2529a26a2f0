import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* Share links as visitors open them, on real stores. Where files are delivered is another host's. */
let library: LibraryClient;
const ids: Record<string, string> = {};

beforeAll(async () => {
  library = await startLibraryClient();
  for (const name of ['kept', 'trashed', 'hidden', 'draft', 'down']) {
    ids[name] = await library.upload(`/set/${name}.txt`, name);
  }
  ids.private = await library.upload('/set/private.txt', 'private');
  await library.imagekit.files.update(ids.private, { isPrivateFile: true } as never);
});
afterAll(() => library?.close());

interface Made {
  readonly id: string;
  readonly url: string;
}

async function made(body: object = {}): Promise<Made> {
  const answer = await library.call('POST', '/v1/shares', {
    body: { folderPath: '/set', name: '<b>Kit</b>', ...body },
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Made;
}

/** As a browser without a key. */
function open({ url }: Made, more = '', init: RequestInit = {}): Promise<Response> {
  const { pathname } = new URL(url, 'http://x');
  return library.visit(`${pathname}${more}`, { redirect: 'manual', ...init });
}

const form = (password: string): RequestInit => ({
  ...{ method: 'POST', body: new URLSearchParams({ password }) },
});

describe('the page of a link', () => {
  test('shows its files to whoever has it, loads nothing of others, and keeps names as text', async () => {
    const page = await open(await made());
    const html = await page.text();

    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; img-src 'self' http://localhost:4000; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(html).toContain('<h1>&lt;b&gt;Kit&lt;/b&gt;</h1>');
    expect(html).toContain('<h2>kept.txt</h2>');
    expect(html).toContain('<h2>private.txt</h2>');
    expect(html).not.toContain('<script');
  });

  test('leads to each file by a URL that is signed for some minutes', async () => {
    const link = await made();
    const answer = await open(link, `/files/${ids.private}/original`);
    const location = new URL(answer.headers.get('location') ?? '');

    expect([answer.status, location.host, location.pathname]).toEqual([302, 'localhost:4000', '/set/private.txt']);
    expect(location.searchParams.get('tr')).toBe('orig-true');
    expect(location.searchParams.get('ik-attachment')).toBe('true');
    expect(Number(location.searchParams.get('ik-t')) * 1000 - Date.now()).toBeLessThanOrEqual(300_000);
    expect(location.searchParams.get('ik-s')).toMatch(/^[0-9a-f]{40}$/);
  });

  test('gives no other form and no other file', async () => {
    const link = await made({ folderPath: undefined, fileIds: [ids.kept] });

    for (const path of [
      `${ids.kept}/small`,
      `${ids.kept}`,
      `${ids.private}/original`,
      'x/original',
      '..%2f/original',
    ]) {
      expect([path, (await open(link, `/files/${path}`)).status]).toEqual([path, 404]);
    }
    expect((await open(link, `/files/${ids.kept}/original`)).status).toBe(302);
    expect((await open(link, '', { method: 'DELETE' })).status).toBe(405);
  });

  /* The attack AUTHZ-007. */
  test('tells of a file its name and nothing else, and of no other file', async () => {
    const [told, sibling] = [
      await library.upload('/told/told.txt', 'text'),
      await library.upload('/told/other.txt', 'x'),
    ];
    await library.upload('/told/told.txt', 'a second version');
    const secrets = { description: 'not-for-visitors', tags: ['inner-tag'] };
    await library.imagekit.files.update(told, secrets as never);
    const link = await made({ folderPath: undefined, fileIds: [told] });

    const answer = await open(link);
    const html = await answer.text();
    const seen = `${html} ${JSON.stringify([...answer.headers])}`;
    expect(seen).toContain('told.txt');
    for (const hidden of [
      'not-for-visitors',
      'inner-tag',
      '11,12',
      'other.txt',
      sibling,
      'media/',
      'amazonaws',
      'Version',
    ]) {
      expect([hidden, seen.includes(hidden)]).toEqual([hidden, false]);
    }
    expect((await open(link, `/files/${sibling}/original`)).status).toBe(404);
  });

  test('has lost what is trashed, made private, unpublished or taken down since', async () => {
    const link = await made();
    await library.imagekit.files.delete(ids.trashed as string);
    await library.imagekit.files.update(ids.hidden as string, { isPrivateFile: true } as never);
    await library.imagekit.files.update(ids.draft as string, { publish: { isPublished: false } } as never);
    const body = { reason: 'A court said so' };
    expect((await library.call('POST', `/v1/files/${ids.down}/takedown`, { body })).status).toBe(201);

    const html = await (await open(link)).text();
    for (const name of ['trashed', 'hidden', 'draft', 'down']) {
      expect([name, html.includes(`${name}.txt`)]).toEqual([name, false]);
      expect([name, (await open(link, `/files/${ids[name]}/original`)).status]).toEqual([name, 404]);
    }
    expect(html).toContain('kept.txt');
  });
});

describe('a link with a password', () => {
  test('asks for it once, and keeps no file from who knows it', async () => {
    const link = await made({ password: 'correct horse' });
    const locked = await open(link);

    expect(await locked.text()).toContain('type="password"');
    expect((await open(link, `/files/${ids.kept}/original`)).status).toBe(403);
    expect((await open(link, '', form('wrong'))).status).toBe(403);

    const unlocked = await open(link, '', form('correct horse'));
    const cookie = unlocked.headers.get('set-cookie') ?? '';
    expect([unlocked.status, cookie.includes('HttpOnly')]).toEqual([303, true]);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect(await (await open(link, '', { headers })).text()).toContain('kept.txt');
    expect((await open(link, `/files/${ids.kept}/original`, { headers })).status).toBe(302);
  });

  test('is not opened by trying', async () => {
    const link = await made({ password: 'correct horse' });
    for (let count = 0; count < LIMITS.sharePasswordTries; count++) await open(link, '', form('wrong'));

    expect((await open(link, '', form('correct horse'))).status).toBe(429);
  });
});

describe('who made a link', () => {
  test('sees how often it was looked at, never by whom, and revokes it', async () => {
    const link = await made();
    await open(link);
    await open(link, `/files/${ids.kept}/original`);
    const seen = await library.call('GET', `/v1/shares/${link.id}/accesses`);

    expect(await seen.json()).toEqual([
      { at: expect.any(String), kind: 'file', fileId: ids.kept, form: 'original' },
      { at: expect.any(String), kind: 'page' },
    ]);
    expect((await library.call('DELETE', `/v1/shares/${link.id}`)).status).toBe(204);
    expect((await open(link)).status).toBe(404);
  });

  test('is told its URL once', async () => {
    const link = await made();
    const listed = await (await library.call('GET', '/v1/shares')).text();

    expect(listed).toContain(link.id);
    expect(listed).not.toContain(link.url.slice(-43));
  });

  test.each([
    [{ forms: ['nobody'] }, 'nobody'],
    [{ password: 'short' }, 'password'],
    [{ seconds: 59 }, 'seconds'],
    [{ forms: [] }, 'forms'],
  ])('is refused with %j', async (body, message) => {
    const answer = await library.call('POST', '/v1/shares', { body: { folderPath: '/set', name: 'x', ...body } });

    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
  });
});

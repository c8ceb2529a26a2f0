import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { startChromium } from '../chromium.ts';
import { signInFirstOwner, signInInvited } from './signed-in-browser.ts';

/* Two people at two browsers: one invites, bounds and disables the other. */
let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of several operations
  readonly json: any;
}

/** A call as the dashboard makes it: from its page, by the session's cookie. */
const call = (page: Page, method: string, path: string, body?: object): Promise<Answer> =>
  page.evaluate(
    async ([how, where, sent]) => {
      const headers = { 'x-vitrine': '1', ...(sent !== null && { 'content-type': 'application/json' }) };
      const answer = await fetch(where, { method: how, headers, ...(sent !== null && { body: sent }) });
      return { status: answer.status, json: JSON.parse((await answer.text()) || 'null') };
    },
    [method, path, body ? JSON.stringify(body) : null] as const,
  );

const namesIn = async (page: Page, query: string): Promise<readonly string[]> =>
  (await call(page, 'GET', `/v1/files?${query}`)).json.map(({ name }: { name: string }) => name).toSorted();

/** A small file that is named like its folder. */
async function upload(folder: string): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>']), `${folder}.svg`);
  const fields = { fileName: `${folder}.svg`, folder: `/${folder}`, useUniqueFileName: 'false' };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}` };
  const answer = await fetch(`${product.api}/api/v1/files/upload`, { method: 'POST', headers, body: form });
  expect(answer.ok, await answer.clone().text()).toBe(true);
}

it('an owner invites somebody for one folder: they see nothing else, and when they are disabled nothing at all', async () => {
  const owner = await signInFirstOwner(product, browser);
  for (const folderName of ['desk', 'secret']) {
    expect((await call(owner.page, 'POST', '/v1/folder', { folderName, parentFolderPath: '/' })).status).toBe(201);
    await upload(folderName);
  }
  const folders = (await call(owner.page, 'GET', '/v1/files?path=/&type=folder')).json;
  const { folderId } = folders.find(({ name }: { name: string }) => name === 'desk');
  const mail = 'second@example.com';
  const roles = [{ role: 'viewer', folderIds: [folderId] }];
  const invited = await call(owner.page, 'POST', '/v1/people', { mail, name: 'Second', roles });
  expect(invited.status).toBe(201);

  const second = await signInInvited(product, browser, mail);

  expect((await call(second.page, 'GET', '/v1/people/me')).json).toMatchObject({ mail, status: 'active', roles });
  expect(await namesIn(owner.page, 'path=/&type=folder')).toEqual(expect.arrayContaining(['desk', 'secret']));
  expect(await namesIn(second.page, 'path=/desk&type=all')).toEqual(['desk.svg']);
  expect(JSON.stringify((await call(second.page, 'GET', '/v1/files?path=/&type=all')).json)).not.toContain('secret');
  expect(await namesIn(owner.page, 'path=/secret')).toEqual(['secret.svg']);
  expect(JSON.stringify((await call(second.page, 'GET', '/v1/files?path=/secret')).json)).not.toContain('secret.svg');
  expect((await call(second.page, 'GET', '/v1/people')).status).toBe(403);

  const disabled = await call(owner.page, 'PATCH', `/v1/people/${invited.json.id}`, { status: 'disabled' });
  expect(disabled.status).toBe(200);
  expect((await call(second.page, 'GET', '/v1/people/me')).json.code).toBe('session.ended');
  expect((await call(owner.page, 'GET', '/v1/people/me')).status).toBe(200);
}, 120_000);

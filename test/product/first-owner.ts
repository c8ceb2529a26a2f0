import { Browser } from '../handlers/browser.ts';
import type { Product } from './product.ts';

/** As local/invite-owner.ts invites. */
const MAIL = 'owner@example.com';
const PASSWORD = 'correct horse battery staple';

/** Signs the first owner in by the printed link: password, then the mailed code. @returns the cookies of their browser */
export async function cookiesOfFirstOwner(product: Product): Promise<string> {
  const browser = new Browser(async () => {
    throw new Error('The API of the product has its own address.');
  });
  const link = /First owner\s+(\S+)/.exec(product.output())?.[1] ?? '';
  await browser.get(link);
  await browser.post(`${product.api}/auth/invitation`, { token: new URL(link).searchParams.get('token') ?? '' });
  const first = await mailed(product, /(\S+)\s*$/);
  const step = await browser.get(`${product.api}/auth/login?to=/docs`);
  await browser.post(step.url, { mail: MAIL, password: first });
  await browser.post(step.url, { 'new-password': PASSWORD });
  await browser.post(step.url, { code: await mailed(product, /\b(\d{8})\b/) });
  return browser.cookiesOf(product.api);
}

/** What is in the newest mail. */
async function mailed({ signIn }: Product, what: RegExp): Promise<string> {
  const page = await (await fetch(`${signIn}/mailbox`)).text();
  const newest = page.split('<article').find((one) => one.includes(MAIL)) ?? '';
  const text = /<pre[^>]*>([\s\S]*?)<\/pre>/.exec(newest)?.[1] ?? '';
  return what.exec(text)?.[1] ?? '';
}

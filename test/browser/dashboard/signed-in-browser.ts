import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Product } from '../../product/product.ts';
import { PATIENCE } from '../chromium.ts';

/** As local/invite-owner.ts invites. */
const OWNER = 'owner@example.com';

const PASSWORD = 'correct horse battery staple';

/** The owner's browser, signed in. */
export interface SignedInBrowser {
  readonly context: BrowserContext;
  /** On the dashboard. */
  readonly page: Page;
}

/** Takes the printed link of the first owner and signs in with it, as a person does: password, mailed code. */
export async function signInFirstOwner(
  product: Product,
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<SignedInBrowser> {
  const link = /First owner\s+(\S+)/.exec(product.output())?.[1];
  if (link === undefined) throw new Error('No link for the first owner was printed.');
  return signInByLink(product, browser, { mail: OWNER, link: () => Promise.resolve(link), options });
}

/** Takes the link of the newest mail to an address, which is of an invitation, and signs in with it. */
export const signInInvited = (product: Product, browser: Browser, mail: string): Promise<SignedInBrowser> =>
  signInByLink(product, browser, {
    mail,
    link: (context) => mailed(product, context, { mail, what: /(http\S+invitation\S+)/ }),
  });

interface Invitation {
  readonly mail: string;
  readonly link: (context: BrowserContext) => Promise<string>;
  readonly options?: BrowserContextOptions;
}

async function signInByLink(
  product: Product,
  browser: Browser,
  { mail, link, options }: Invitation,
): Promise<SignedInBrowser> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.goto(await link(context));
  await page.getByRole('button').click();
  const password = await mailed(product, context, { mail, what: /(\S+)\s*$/ });
  await page.goto(`${product.api}/auth/login?to=/dashboard/`);
  await page.getByLabel('Mail address').fill(mail);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button').click();
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button').click();
  await page.getByLabel('Code').waitFor();
  await page.getByLabel('Code').fill(await mailed(product, context, { mail, what: /\b(\d{8})\b/ }));
  await page.getByRole('button').click();
  await page.waitForURL(`${product.api}/dashboard/`);
  return { context, page };
}

/** What is in the newest mail to an address; others may be mailed at the same time. */
async function mailed(
  product: Product,
  context: BrowserContext,
  { mail, what }: { readonly mail: string; readonly what: RegExp },
): Promise<string> {
  const page = await context.newPage();
  await page.goto(`${product.signIn}/mailbox`);
  const text = (await page.locator('article', { hasText: mail }).locator('pre').first().textContent()) ?? '';
  await page.close();
  return what.exec(text)?.[1] ?? '';
}

import { randomBytes } from 'node:crypto';
import type { ApiHandler, Seen } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY } from './cloud-fixture.ts';

/** The password that people of tests choose. */
export const PASSWORD = 'correct horse battery staple';

export interface InvitedPerson {
  readonly id: string;
  readonly mail: string;
  readonly invitationToken: string;
}

export async function invite(handler: ApiHandler, role = 'viewer'): Promise<InvitedPerson> {
  const mail = `p${randomBytes(6).toString('hex')}@example.com`;
  const body = { mail, name: 'Jo', roles: [{ role }] };
  return (await new Browser(handler).api('POST', '/v1/people', body, PRIVATE_KEY)).json;
}

/** Mails of this machine to an address, the newest first. */
export const mailsTo = ({ mailbox }: CloudFixture, mail: string): readonly string[] =>
  mailbox.list().flatMap((one) => (one.to.includes(mail) ? [one.text] : []));

export const codeFor = (cloud: CloudFixture, mail: string): string =>
  /\b\d{8}\b/.exec(mailsTo(cloud, mail)[0] ?? '')?.[0] ?? '';

/** Accepts in a browser and chooses a password. @returns the person, and where the issuer asks for the mailed code */
export async function accepted(
  cloud: CloudFixture,
  handler: ApiHandler,
  browser: Browser,
  { to = '/docs', role }: { readonly to?: string; readonly role?: string } = {},
): Promise<{ readonly person: InvitedPerson; readonly step: Seen; readonly asked: Seen }> {
  const person = await invite(handler, role);
  await browser.get(`/auth/invitation?token=${person.invitationToken}`);
  await browser.post('/auth/invitation', { token: person.invitationToken });
  const first = mailsTo(cloud, person.mail)[0]?.split(' ').at(-1) ?? '';
  const step = await browser.get(`/auth/login?to=${to}`);
  await browser.post(step.url, { mail: person.mail, password: first });
  const asked = await browser.post(step.url, { 'new-password': PASSWORD });
  return { person, step, asked };
}

/** Signs a new person in, in a browser of their own. */
export async function signedInPerson(cloud: CloudFixture, handler: ApiHandler, role?: string) {
  const browser = new Browser(handler);
  const { person, step } = await accepted(cloud, handler, browser, { ...(role !== undefined && { role }) });
  const done = await browser.post(step.url, { code: codeFor(cloud, person.mail) });
  return { browser, person, done };
}

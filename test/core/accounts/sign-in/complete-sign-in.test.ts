import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PeopleDeps } from '../../../../lambda/api/deps.ts';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { updatePerson } from '../../../../lambda/core/accounts/people/change-person.ts';
import { acceptInvitation, invitePerson } from '../../../../lambda/core/accounts/people/invite-person.ts';
import { completeSignIn } from '../../../../lambda/core/accounts/sign-in/complete-sign-in.ts';
import type { ProvenSignIn } from '../../../../lambda/core/accounts/sign-in/sign-in-provider.ts';
import type { CloudFixture } from '../../../handlers/cloud-fixture.ts';
import { startCloudFixture } from '../../../handlers/cloud-fixture.ts';
import { makeEvent } from '../../audit/told-events.ts';

let cloud: CloudFixture;
let deps: PeopleDeps;

beforeAll(async () => {
  cloud = await startCloudFixture();
  const { composePeople } = await import('../../../../lambda/handlers/composition/people.ts');
  const composed = composePeople(async () => undefined)?.({ makeEvent, report: () => undefined });
  if (!composed) throw new Error('There are no people.');
  deps = composed;
});

afterAll(() => cloud?.close());

/** Somebody who was invited, and, unless said otherwise, accepted. */
async function person(accepts = true) {
  const mail = `p${randomBytes(6).toString('hex')}@example.com`;
  const invited = await invitePerson(deps, OWNER, { mail, name: 'Jo', roles: [{ role: 'owner' }] });
  if (accepts) await acceptInvitation(deps, invited.token);
  return { mail, id: invited.person.id };
}

const proven = (mail: string, more: Partial<ProvenSignIn> = {}): ProvenSignIn => ({
  provider: 'pool',
  subject: randomBytes(8).toString('hex'),
  mail,
  isMailVerified: true,
  authenticatedAt: new Date().toISOString(),
  ...more,
});

const outcome = (sign: ProvenSignIn) =>
  completeSignIn(deps, sign).then(
    (secret) => (/^[\w-]{43}$/.test(secret) ? 'in' : secret),
    (error) => error.code,
  );

describe('who has proven who they are', () => {
  it('is let in when they accepted, by the address that was invited, however it is written', async () => {
    const { mail } = await person();

    expect(await outcome(proven(mail.toUpperCase()))).toBe('in');
  });

  it('is not taken for a person by an address that nobody verified (AUTH-018)', async () => {
    const { mail } = await person();

    expect(await outcome(proven(mail, { isMailVerified: false }))).toBe('sign-in.refused');
    expect(await outcome(proven('no address'))).toBe('sign-in.refused');
  });

  it('takes nobody’s place by having their address, at this provider or another', async () => {
    const { mail } = await person();
    const first = proven(mail);
    expect(await outcome(first)).toBe('in');

    expect(await outcome(proven(mail))).toBe('sign-in.refused');
    expect(await outcome({ ...first, provider: 'another' })).toBe('sign-in.refused');
    expect(await outcome({ ...first, mail: 'changed@example.com' })).toBe('in');
  });

  it('is refused as a stranger, before they accept, and by another domain than is allowed', async () => {
    const { mail } = await person(false);

    expect(await outcome(proven('stranger@example.com'))).toBe('sign-in.refused');
    expect(await outcome(proven(mail))).toBe('sign-in.refused');
    const bound = { ...deps, allowedDomains: ['other.example'] };
    const accepted = await person();
    await expect(completeSignIn(bound, proven(accepted.mail))).rejects.toMatchObject({ code: 'sign-in.refused' });
  });

  it('is refused with a proof from before they were signed out', async () => {
    const { mail, id } = await person();
    const early = proven(mail, { authenticatedAt: new Date(Date.now() - 5000).toISOString() });
    await updatePerson(deps, OWNER, id, { status: 'disabled' });
    await updatePerson(deps, OWNER, id, { status: 'active' });

    expect(await outcome(early)).toBe('sign-in.refused');
    expect(await outcome({ ...early, authenticatedAt: new Date().toISOString() })).toBe('in');
  });
});

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PeopleDeps } from '../../../../lambda/api/deps.ts';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { acceptInvitation } from '../../../../lambda/core/accounts/people/accept-invitation.ts';
import { updatePerson } from '../../../../lambda/core/accounts/people/change-person.ts';
import { invitePerson } from '../../../../lambda/core/accounts/people/invite-person.ts';
import { authenticateSession } from '../../../../lambda/core/accounts/sessions/authenticate-session.ts';
import { completeSignIn } from '../../../../lambda/core/accounts/sign-in/complete-sign-in.ts';
import type { ProvenSignIn } from '../../../../lambda/core/accounts/sign-in/sign-in-provider.ts';
import type { CloudFixture } from '../../../handlers/cloud-fixture.ts';
import { startCloudFixture } from '../../../handlers/cloud-fixture.ts';
import { SENDER } from '../../../handlers/signed-in.ts';
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
  hasSecondFactor: true,
  authenticatedAt: new Date().toISOString(),
  ...more,
});

const outcome = (sign: ProvenSignIn) =>
  completeSignIn(deps, sign, SENDER).then(
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
    await expect(completeSignIn(bound, proven(accepted.mail), SENDER)).rejects.toMatchObject({
      code: 'sign-in.refused',
    });
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

describe('a directory that comes later', () => {
  const staff = { name: 'staff', domains: ['example.com'], secondFactor: 'proven', groups: {} } as const;
  const vouched = (mail: string) => proven(mail, { directory: { name: 'staff', groups: [] } });

  it('takes the place of the password that somebody had, and their session ends', async () => {
    const { mail } = await person();
    const byPassword = proven(mail);
    const secret = await completeSignIn(deps, byPassword, SENDER);
    const later = { ...deps, directories: [staff] };
    expect((await authenticateSession(later, secret)).kind).toBe('person');

    await completeSignIn(later, vouched(mail), SENDER);

    await expect(authenticateSession(later, secret)).rejects.toMatchObject({ code: 'session.ended' });
    await expect(completeSignIn(later, byPassword, SENDER)).rejects.toMatchObject({ code: 'sign-in.refused' });
    await expect(completeSignIn(later, vouched(mail), SENDER)).rejects.toMatchObject({ code: 'sign-in.refused' });
  });

  it('is the only way for addresses of its domains that no account has', async () => {
    const { mail } = await person();
    const later = { ...deps, directories: [staff] };

    await expect(completeSignIn(later, proven(mail), SENDER)).rejects.toMatchObject({ code: 'sign-in.refused' });
    await expect(completeSignIn(deps, vouched(mail), SENDER)).rejects.toMatchObject({ code: 'sign-in.refused' });
  });

  it('that is gone takes its sessions along', async () => {
    const { mail } = await person();
    const secret = await completeSignIn({ ...deps, directories: [staff] }, vouched(mail), SENDER);

    await expect(authenticateSession(deps, secret)).rejects.toMatchObject({ code: 'session.ended' });
  });

  it('gives the roles of its groups within their folders and endpoints', async () => {
    const { mail, id } = await person();
    const editor = { role: 'editor', endpointIds: ['e'.repeat(24)] } as const;
    const viewer = { role: 'viewer', folderIds: ['f'.repeat(24)] } as const;
    const grouped = { ...staff, groups: { web: editor, press: viewer } };
    const inGroup = proven(mail, { directory: { name: 'staff', groups: ['web', 'other'] } });
    await completeSignIn({ ...deps, directories: [grouped] }, inGroup, SENDER);

    expect((await deps.people.find(id))?.roles).toEqual([{ role: 'owner' }, { ...editor, directory: 'staff' }]);
  });

  it('vouches for an hour', async () => {
    const { mail } = await person();
    const later = { ...deps, directories: [staff] };
    const secret = await completeSignIn(later, vouched(mail), SENDER);
    const at = (seconds: number) => ({ ...later, clock: () => Date.now() + seconds * 1000, sessions: busy });
    // Somebody who works all the time.
    const busy = {
      ...deps.sessions,
      find: async (digest: string) => {
        const found = await deps.sessions.find(digest);
        return found && { ...found, lastSeenAt: new Date(Date.now() + 3600_000).toISOString() };
      },
    };

    expect((await authenticateSession(at(3590), secret)).kind).toBe('person');
    await expect(authenticateSession(at(3600), secret)).rejects.toMatchObject({ code: 'session.ended' });
  });
});

it('a domain that is allowed no more keeps out who is bound already', async () => {
  const { mail } = await person();
  const first = proven(mail);
  expect(await outcome(first)).toBe('in');

  await expect(completeSignIn({ ...deps, allowedDomains: ['other.example'] }, first, SENDER)).rejects.toMatchObject({
    code: 'sign-in.refused',
  });
});

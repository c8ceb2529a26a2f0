import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../lib/config/config.ts';

const STAFF = {
  kind: 'oidc',
  issuer: 'https://login.example.com',
  clientId: 'vitrine',
  clientSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:staff-AbCdEf',
  domains: ['example.com'],
};
const AGENCY = { kind: 'saml', metadataUrl: 'https://agency.example.com/metadata.xml', domains: ['agency.example'] };

const read = (directories: object, more: object = {}) =>
  readConfig({ people: { mailFrom: 'v@example.com', hosts: ['localhost'], directories, ...more } }).people;

describe('directories of a configuration', () => {
  it('have the usual names of attributes, and those that are given instead', () => {
    const people = read({ staff: STAFF, agency: { ...AGENCY, attributes: { groups: 'memberOf' } } });

    expect(people?.directories.staff).toEqual({
      ...STAFF,
      groups: {},
      secondFactor: 'proven',
      attributes: { mail: 'email', mailVerified: 'email_verified', groups: 'groups', methods: 'amr' },
    });
    expect(people?.directories.agency?.attributes.groups).toBe('memberOf');
    expect(people?.directoriesOnly).toBe(false);
  });

  it.each([
    ['a name with a space', { 'my staff': STAFF }],
    ['a name that user pools keep for themselves', { Cognito: STAFF }],
    ['no domain', { staff: { ...STAFF, domains: [] } }],
    ['one domain in two directories', { staff: STAFF, other: { ...AGENCY, domains: ['example.com'] } }],
    ['an issuer without TLS', { staff: { ...STAFF, issuer: 'http://login.example.com' } }],
    ['a secret in plain text', { staff: { ...STAFF, clientSecretArn: 'hunter2' } }],
    ['a member of the other kind', { staff: { ...STAFF, metadataUrl: 'https://example.com' } }],
    ['a kind that there is not', { staff: { ...STAFF, kind: 'ldap' } }],
    ['a role that there is not', { staff: { ...STAFF, groups: { a: { role: 'boss' } } } }],
    ['a folder by its name', { staff: { ...STAFF, groups: { a: { role: 'viewer', folderIds: ['/a'] } } } }],
    ['an endpoint by its name', { staff: { ...STAFF, groups: { a: { role: 'viewer', endpointIds: ['web'] } } } }],
    ['an attribute that nobody asks for', { staff: { ...STAFF, attributes: { age: 'age' } } }],
    ['more than fits into the environment of a function', { staff: { ...STAFF, groups: longGroups() } }],
  ])('are refused with %s', (_, directories) => {
    expect(() => read(directories)).toThrow(/"people.directories"/);
  });

  it('must be there when they are the only way in', () => {
    expect(() => read({}, { directoriesOnly: true })).toThrow(/nobody could sign in/);
    expect(read({ staff: STAFF }, { directoriesOnly: true })?.directoriesOnly).toBe(true);
  });
});

function longGroups() {
  const names = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(150, 'x'));
  return Object.fromEntries(names.map((name) => [name, { role: 'viewer' }]));
}

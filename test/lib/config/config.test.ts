import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../lib/config/config.ts';
import { projectContext } from '../../../lib/vitrine-context.ts';

/** What is wrong with a configuration; nothing when it is right. */
function problemsOf(input: unknown): readonly string[] {
  try {
    readConfig(input);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig(undefined)).toEqual({
      name: 'vitrine',
      regions: ['eu-west-1'],
      blockedCountries: [],
      blockedAddresses: [],
      requestsPerAddress: 300_000,
      remoteUploadAllow: [],
      declaredTypes: 'correct',
      largeUploads: 'off',
      embeddedFields: {},
      defaultVisibility: 'public',
      transformer: { memoryMegabytes: 1769, betterEncoding: 'normal' },
      profile: 'guarded',
      alarms: { mails: [], urls: [] },
      dashboards: false,
      overCeiling: 'refuse',
      automaticFailover: false,
      auditLock: 'compliance',
      variantDays: 90,
      retainData: true,
    });
  });

  it('is the default one in cdk.json, but for what the first deployment asks', () => {
    const { defaultVisibility, ...decided } = readConfig({});

    expect(projectContext().vitrine).toEqual(decided);
    expect(readConfig(projectContext().vitrine)).toEqual({ ...decided, defaultVisibility });
  });

  it('takes everything that an owner may decide', () => {
    const wanted = {
      name: 'my-pictures2',
      regions: ['eu-central-1', 'us-east-1'],
      mediaDomain: { name: 'media.example.com', certificateArn, otherNames: ['shop.example.com'] },
      apiDomain: { name: 'api.example.com', certificateArn },
      blockedCountries: ['AQ', 'BV'],
      blockedAddresses: ['192.0.2.0/24', '2001:db8::/32'],
      requestsPerAddress: 100,
      remoteUploadAllow: ['10.0.0.0/8'],
      declaredTypes: 'accept',
      largeUploads: 'web',
      embeddedFields: { tags: 'keywords', 'customMetadata.alt_de': 'altText-de' },
      defaultVisibility: 'private',
      people: {
        mailFrom: 'vitrine@example.com',
        hosts: ['api.example.com'],
        allowedDomains: ['example.com'],
        directories: {},
        directoriesOnly: false,
      },
      transformer: { memoryMegabytes: 3008, reservedConcurrency: 50, betterEncoding: 'most' },
      profile: 'guarded',
      alarms: { mails: ['ops@example.com'], urls: ['https://events.example.com/hook'] },
      dashboards: true,
      monthlyBudget: 200,
      spendCeiling: 400,
      overCeiling: 'nearest',
      backup: {
        destinations: {
          'eu-central-1': { bucket: 'acme-backup', region: 'eu-west-1', account: '111122223333' },
          'us-east-1': { bucket: 'acme-backup-2' },
        },
        timeControl: true,
      },
      automaticFailover: true,
      auditLock: 'governance',
      variantDays: 30,
      retainData: false,
      confirmErasure: 'my-pictures2',
    };

    expect(readConfig(wanted)).toEqual(wanted);
  });

  it('asks for nothing that only a web ACL does in the profile without one', () => {
    expect(problemsOf({ profile: 'small', blockedCountries: ['AQ'], blockedAddresses: ['192.0.2.0/24'] })).toEqual([
      expect.stringMatching(/^"blockedCountries" needs the web ACL/),
      expect.stringMatching(/^"blockedAddresses" needs the web ACL/),
    ]);
  });

  it('lets nobody expect something over a ceiling that is not there', () => {
    expect(problemsOf({ overCeiling: 'nearest' })).toEqual([
      expect.stringMatching(/^"overCeiling" needs "spendCeiling"/),
    ]);
    expect(problemsOf({ overCeiling: 'nearest', spendCeiling: 5 })).toEqual([]);
  });

  it('lets nobody wait for an alarm that cannot come', () => {
    expect(problemsOf({ profile: 'small', alarms: { mails: ['ops@example.com'] } })).toEqual([
      expect.stringMatching(/^"alarms" needs alarms, which "profile" "small" does not have/),
    ]);
    expect(problemsOf({ profile: 'small', alarms: { mails: ['ops@example.com'] }, monthlyBudget: 5 })).toEqual([]);
    expect(problemsOf({ monthlyBudget: 5 })).toEqual([expect.stringMatching(/^"monthlyBudget" needs "alarms.mails"/)]);
    expect(problemsOf({ alarms: { urls: ['http://events.example.com'] } })).toEqual([
      expect.stringMatching(/begin with https:\/\//),
    ]);
  });

  it.each([undefined, 'yes', 'vitrine2'])('erases nothing on %j instead of the deployment’s name', (confirmErasure) => {
    expect(problemsOf({ retainData: false, ...(confirmErasure && { confirmErasure }) })).toEqual([
      expect.stringContaining('set "confirmErasure" to "vitrine", the name of the deployment.'),
    ]);
  });

  it('reports every problem at once, each with what is allowed', () => {
    const problems = problemsOf({
      name: 'Vitrine!',
      regions: [],
      requestsPerAddress: 9,
      retainData: 'yes',
      colour: 'red',
    });

    expect(problems).toHaveLength(5);
    expect(problems).toEqual([
      expect.stringMatching(/^"colour" is not known\. Known keys: name, regions, .*confirmErasure\.$/),
      expect.stringMatching(/^"name" is "Vitrine!"; allowed: a lower-case letter/),
      expect.stringMatching(/^"regions" is \[\]; allowed: 1 to 6 different regions of .*eu-west-1/),
      '"requestsPerAddress" is 9; allowed: a whole number from 10 to 2000000000.',
      '"retainData" is "yes"; allowed: true or false.',
    ]);
  });

  it.each([
    ['no object', [], /must be an object/],
    ['a name that leaves the bucket no room', { name: 'a'.repeat(21) }, /"name"/],
    [
      'seven regions',
      { regions: ['eu-west-1', 'eu-west-2', 'eu-west-3', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'] },
      /"regions"/,
    ],
    ['a region twice', { regions: ['eu-west-1', 'eu-west-1'] }, /"regions"/],
    ['a region of another partition', { regions: ['cn-north-1'] }, /"regions"/],
    [
      'a domain without certificate',
      { mediaDomain: { name: 'media.example.com' } },
      /"mediaDomain.certificateArn" is missing, and a certificate for media.example.com cannot be requested: "mediaDomain.hostedZones" has no zone of it/,
    ],
    [
      'a further name in no zone',
      {
        apiDomain: {
          name: 'api.example.com',
          otherNames: ['notexample.com'],
          hostedZones: [{ id: 'Z00001', name: 'example.com' }],
        },
      },
      /a certificate for notexample.com cannot be requested/,
    ],
    [
      'a zone twice',
      {
        apiDomain: {
          name: 'api.example.com',
          hostedZones: ['Z00001', 'Z00002'].map((id) => ({ id, name: 'example.com' })),
        },
      },
      /"apiDomain.hostedZones"/,
    ],
    [
      'a zone without a domain',
      { apiDomain: { name: 'api.example.com', hostedZones: [{ id: 'Z00001' }] } },
      /1 to 20 hosted zones/,
    ],
    [
      'a further host of the API that is one of media',
      {
        mediaDomain: { name: 'media.example.com', certificateArn },
        apiDomain: { name: 'api.example.com', otherNames: ['media.example.com'], certificateArn },
      },
      /"apiDomain.otherNames" has media.example.com, which is a host of media/,
    ],
    [
      'a certificate of another region',
      { mediaDomain: { name: 'media.example.com', certificateArn: certificateArn.replace('us-east-1', 'eu-west-1') } },
      /us-east-1/,
    ],
    [
      'a further name with a scheme',
      { mediaDomain: { name: 'media.example.com', certificateArn, otherNames: ['https://a.example'] } },
      /"mediaDomain.otherNames"/,
    ],
    [
      'a domain with a scheme',
      { mediaDomain: { name: 'https://media.example.com', certificateArn } },
      /"mediaDomain.name"/,
    ],
    [
      'an unknown key of the domain',
      { mediaDomain: { name: 'media.example.com', certificateArn, path: '/' } },
      /"mediaDomain.path" is not known/,
    ],
    [
      'an API on a host of media',
      {
        mediaDomain: { name: 'media.example.com', certificateArn, otherNames: ['shop.example.com'] },
        apiDomain: { name: 'shop.example.com', certificateArn },
      },
      /"apiDomain.name" is shop.example.com, which is a host of media/,
    ],
    ['an API domain without certificate', { apiDomain: { name: 'api.example.com' } }, /"apiDomain.certificateArn"/],
    ['a CDN in front without a header', { cdnInFront: {} }, /"cdnInFront.addressHeader" is missing/],
    ['a header that viewers write into', { cdnInFront: { addressHeader: 'x-forwarded-for' } }, /viewers write into it/],
    ['three secrets', { cdnInFront: { addressHeader: 'cf-connecting-ip', secrets: ['a1', 'a2', 'a3'] } }, /1 or 2/],
    [
      'a CDN in front of a deployment without a web ACL',
      { profile: 'small', cdnInFront: { addressHeader: 'cf-connecting-ip' } },
      /"cdnInFront" needs the web ACL/,
    ],
    ['a country that is none', { blockedCountries: ['EU'] }, /"blockedCountries"/],
    ['a country in lower case', { blockedCountries: ['de'] }, /"blockedCountries"/],
    ['an address without length', { blockedAddresses: ['192.0.2.1'] }, /"blockedAddresses"/],
    ['the whole internet', { blockedAddresses: ['0.0.0.0/0'] }, /prefix length from 1/],
    [
      'a source that there is not',
      { embeddedFields: { tags: 'mood' } },
      /"embeddedFields".*altText, keywords, creator/,
    ],
    ['a detail that is not filled', { embeddedFields: { name: 'title' } }, /"embeddedFields".*customMetadata\.alt_de/],
    [
      'a bucket with a name that S3 does not take',
      { backup: { destinations: { 'eu-west-1': { bucket: 'Acme' } } } },
      /"backup\.destinations".*an object of destinations by region/,
    ],
    [
      'an account that is none',
      { backup: { destinations: { 'eu-west-1': { bucket: 'acme-backup', account: '1234' } } } },
      /12 digits/,
    ],
    [
      'a backup that leaves a region out',
      { regions: ['eu-west-1', 'us-west-2'], backup: { destinations: { 'eu-west-1': { bucket: 'acme-backup' } } } },
      /no bucket for us-west-2/,
    ],
    [
      'a backup of a region that there is not',
      { backup: { destinations: { 'eu-west-1': { bucket: 'acme-1' }, 'us-west-2': { bucket: 'acme-2' } } } },
      /us-west-2, which is no region/,
    ],
    [
      'one bucket for two regions',
      {
        regions: ['eu-west-1', 'us-west-2'],
        backup: { destinations: { 'eu-west-1': { bucket: 'acme-1' }, 'us-west-2': { bucket: 'acme-1' } } },
      },
      /a bucket of its own/,
    ],
    ['a backup without a destination', { backup: {} }, /"backup\.destinations" is missing/],
    ['a lock that there is not', { auditLock: 'none' }, /"auditLock".*compliance, governance/],
    ['a visibility that there is not', { defaultVisibility: 'some' }, /"defaultVisibility".*public, private/],
    ['a way that there is not', { largeUploads: 'on' }, /"largeUploads".*web or off/],
    ['a policy that there is not', { declaredTypes: 'believe' }, /"declaredTypes".*accept, correct, refuse/],
    ['a block longer than its address', { remoteUploadAllow: ['10.0.0.0/33'] }, /"remoteUploadAllow"/],
    ['memory below what a render may take', { transformer: { memoryMegabytes: 512 } }, /from 1280 to 10240/],
    ['a level of encoding that there is not', { transformer: { betterEncoding: 'best' } }, /off, normal, most/],
    ['a concurrency of nothing', { transformer: { reservedConcurrency: 0 } }, /from 1 to 100000/],
    [
      'an unknown key of the transformer',
      { transformer: { memory: 1769 } },
      /Known keys: memoryMegabytes, reservedConcurrency, betterEncoding\./,
    ],
  ])('refuses %s', (_, input, message) => {
    const problems = problemsOf(input);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });
});

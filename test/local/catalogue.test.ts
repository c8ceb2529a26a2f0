import { CATALOGUE, planAssembly, readAssembly } from 'local-cloud';
import { describe, expect, it } from 'vitest';
import { vitrineApp } from '../lib/vitrine-fixture.ts';

const HOSTS = { distribution: () => 'localhost:4000', issuer: () => 'localhost:4002' };

const WITH_DIRECTORIES = {
  mailFrom: 'vitrine@example.com',
  hosts: ['localhost'],
  directoriesOnly: true,
  directories: {
    staff: {
      kind: 'oidc',
      issuer: 'https://login.example.com',
      clientId: 'vitrine',
      clientSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:staff',
      domains: ['example.com'],
      groups: { editors: { role: 'editor' } },
    },
    agency: { kind: 'saml', metadataUrl: 'https://agency.example/metadata.xml', domains: ['agency.example'] },
  },
};

const plan = (vitrine: object) =>
  planAssembly(readAssembly(vitrineApp({ vitrine }).synth().directory), HOSTS, CATALOGUE);

describe('the local cloud knows every resource and property of the templates', () => {
  it.each([
    ['as they are', {}],
    [
      'with everything that an owner may set',
      {
        name: 'pictures',
        regions: ['eu-central-1'],
        mediaDomain: {
          name: 'media.example.com',
          certificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`,
        },
        apiDomain: {
          name: 'api.example.com',
          certificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`,
        },
        blockedCountries: ['AQ'],
        blockedAddresses: ['192.0.2.0/24', '2001:db8::/32'],
        requestsPerAddress: 100,
        remoteUploadAllow: ['10.0.0.0/8'],
        transformer: { memoryMegabytes: 3008, reservedConcurrency: 10 },
        retainData: false,
        confirmErasure: 'pictures',
      },
    ],
    ['with people and their directories', { people: WITH_DIRECTORIES }],
    [
      'with hosts in zones of Route 53',
      { mediaDomain: { name: 'media.example.com', hostedZones: [{ id: 'Z0000000001', name: 'example.com' }] } },
    ],
    ['behind another CDN', { cdnInFront: { addressHeader: 'cf-connecting-ip', countryHeader: 'cf-ipcountry' } }],
    ['in two regions', { regions: ['eu-west-1', 'us-east-2'] }],
  ])('%s', (_, vitrine) => {
    const types = new Set(plan(vitrine).resources.map(({ type }) => type));

    expect([...types]).toEqual(
      expect.arrayContaining(['AWS::CloudFront::Distribution', 'AWS::Lambda::Url', 'AWS::DynamoDB::GlobalTable']),
    );
  });

  it('and says of everything else why it has no effect', () => {
    const { notRun } = plan({});

    expect([...notRun.values()].flat()).toEqual(
      expect.arrayContaining(['AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket BucketEncryption']),
    );
    for (const reason of notRun.keys()) expect(reason).toMatch(/\w{3}/);
  });
});

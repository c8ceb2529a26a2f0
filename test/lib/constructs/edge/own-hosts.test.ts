import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../../vitrine-fixture.ts';

const zone = (name: string, id: string) => ({ name, id });
const ZONES = [zone('example.com', 'Z0000000001'), zone('media.example.com', 'Z0000000002')];
const ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000';

const edgeWith = (vitrine: object): Template => templatesOf(vitrineApp({ vitrine })).edge;

const records = (template: Template) =>
  Object.values(template.findResources('AWS::Route53::RecordSet'))
    .map(({ Properties }) => `${Properties.Name} ${Properties.Type} in ${Properties.HostedZoneId}`)
    .sort();

describe('hosts in zones of Route 53', () => {
  const edge = edgeWith({
    mediaDomain: { name: 'media.example.com', otherNames: ['shop.example.com'], hostedZones: ZONES },
    apiDomain: { name: 'api.example.com', otherNames: ['files.example.com'], hostedZones: ZONES },
  });

  it('have a certificate each for media and API, proved in the zone of each name', () => {
    edge.resourceCountIs('AWS::CertificateManager::Certificate', 2);
    edge.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'media.example.com',
      SubjectAlternativeNames: ['shop.example.com'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: Match.arrayWith([
        { DomainName: 'media.example.com', HostedZoneId: 'Z0000000002' },
        { DomainName: 'shop.example.com', HostedZoneId: 'Z0000000001' },
      ]),
    });
  });

  it('have records of both kinds of address, in the longest zone that they are in', () => {
    expect(records(edge)).toEqual([
      'api.example.com. A in Z0000000001',
      'api.example.com. AAAA in Z0000000001',
      'files.example.com. A in Z0000000001',
      'files.example.com. AAAA in Z0000000001',
      'media.example.com. A in Z0000000002',
      'media.example.com. AAAA in Z0000000002',
      'shop.example.com. A in Z0000000001',
      'shop.example.com. AAAA in Z0000000001',
    ]);
  });

  it('are answered by the distributions, with TLS 1.2 at least and HTTP/3', () => {
    for (const Aliases of [
      ['media.example.com', 'shop.example.com'],
      ['api.example.com', 'files.example.com'],
    ]) {
      edge.hasResourceProperties('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          Aliases,
          HttpVersion: 'http2and3',
          ViewerCertificate: { AcmCertificateArn: Match.anyValue(), MinimumProtocolVersion: 'TLSv1.2_2021' },
        },
      });
    }
  });

  it('have an alarm before their certificates end', () => {
    for (const name of ['media', 'api']) {
      edge.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `vitrine-certificate-${name}-us-east-1`,
        Threshold: 30,
        Dimensions: [{ Name: 'CertificateArn', Value: { Ref: Match.anyValue() } }],
      });
    }
  });

  it('tell people of every host of the API to come back to', () => {
    const people = { mailFrom: 'vitrine@example.com' };
    const apiDomain = { name: 'api.example.com', otherNames: ['files.example.com'], hostedZones: ZONES };

    expect(vitrineApp({ vitrine: { people, apiDomain } }).config.people?.hosts).toEqual([
      'api.example.com',
      'files.example.com',
    ]);
  });
});

describe('hosts with a certificate of the owner’s', () => {
  it('have no records without a zone, and those of the zones that are named', () => {
    const mediaDomain = { name: 'media.example.com', otherNames: ['shop.example.net'], certificateArn: ARN };
    expect(records(edgeWith({ mediaDomain }))).toEqual([]);

    const edge = edgeWith({ mediaDomain: { ...mediaDomain, hostedZones: ZONES } });
    expect(records(edge)).toEqual(['media.example.com. A in Z0000000002', 'media.example.com. AAAA in Z0000000002']);
    edge.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });
});

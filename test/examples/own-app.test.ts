import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { DocumentsApp } from '../../examples/own-app/documents-app.ts';
import { ShopApp } from '../../examples/own-app/shop-app.ts';
import { fixtureCode } from '../lib/fixture-code.ts';
import { vitrineApp } from '../lib/vitrine-fixture.ts';
import { temporaryFolder } from '../temporary-folders.ts';

const synthesize = () => new ShopApp({ code: fixtureCode(), outdir: temporaryFolder('assembly') }).synth();

describe('an app of its owner', () => {
  it('is synthesized with every guard, the deployment beside its own stack', () => {
    const assembly = synthesize();

    expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual([
      'Shop',
      'shop-images-edge',
      'shop-images-eu-central-1',
    ]);
    const shop = JSON.stringify(assembly.getStackByName('Shop').template);
    expect(shop).toContain('AWS/CloudFront');
  });

  it('has its own rule in the web ACL, before those of the product', () => {
    const { template } = synthesize().getStackByName('shop-images-edge');
    const [acl] = Object.values(Template.fromJSON(template).findResources('AWS::WAFv2::WebACL')).filter(
      ({ Properties }) => Properties.Description === 'Who gets no media',
    );

    const names = acl?.Properties.Rules.map(({ Name }: { Name: string }) => Name);
    expect(names.slice(0, 2)).toEqual(['PressNeedsItsPartner', 'BlockedIPv4']);
  });

  it('gets the resources that `cdk deploy` of the repository would', () => {
    const own = synthesize().getStackByName('shop-images-eu-central-1').template;
    const vitrine = { name: 'shop-images', regions: ['eu-central-1'], monthlyBudget: 300, alarms: ALARMS };
    const [home] = vitrineApp({ vitrine }).regions;

    expect(kindsOf(own)).toEqual(kindsOf(Template.fromStack(home as Stack).toJSON()));
  });
});

describe('an app that takes parts alone', () => {
  const [stack] = new DocumentsApp({ outdir: temporaryFolder('assembly') }).synth().stacks;
  const template = Template.fromJSON(stack?.template ?? {});

  it('has a distribution at a host of its own, with certificate, records and web ACL', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['documents.shop.example'],
        HttpVersion: 'http2and3',
        ViewerCertificate: Match.objectLike({ MinimumProtocolVersion: 'TLSv1.2_2021' }),
        WebACLId: Match.anyValue(),
      },
    });
    template.resourceCountIs('AWS::CertificateManager::Certificate', 1);
    template.resourceCountIs('AWS::Route53::RecordSet', 2);
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ Limit: 2000 }) } }),
      ]),
    });
  });

  it('has a log without viewers’ addresses, and a budget', () => {
    template.hasResourceProperties('AWS::Logs::DeliverySource', { Name: 'shop-documents-files' });
    const [delivery] = Object.values(template.findResources('AWS::Logs::Delivery'));
    expect(delivery?.Properties.RecordFields).toContain('sc-status');
    expect(delivery?.Properties.RecordFields).not.toContain('c-ip');
    template.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: Match.objectLike({ BudgetName: 'shop-documents-month' }),
    });
  });

  it('has private buckets that outlive the stack, by the defaults', () => {
    template.allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: Match.anyValue(),
    });
    template.allResources('AWS::S3::Bucket', { UpdateReplacePolicy: 'Retain' });
  });
});

const ALARMS = { mails: ['operations@shop.example'], urls: [] };

/** Logical ids with their types. */
const kindsOf = (template: object) =>
  Object.entries(Template.fromJSON(template).findResources('*')).map(([id, { Type }]) => `${id} ${Type}`);

import { expect, test } from 'vitest';
import { endpointSource } from '../../../../lambda/core/protection/published/endpoint-source.ts';
import { UNCHANGED_DEFAULT } from '../../../../lambda/core/settings/endpoints/endpoint.ts';
import { settingsOf } from '../../../../lambda/core/settings/endpoints/endpoint-entries.ts';

const shop = { ...UNCHANGED_DEFAULT, id: 'e1', urlPrefix: 'shop', hosts: ['shop.example'] };

test('the default endpoint is there when nobody has made any', async () => {
  expect([...(await endpointSource(async () => []).entries())]).toEqual([['endpoint:default', '{"paused":false}']]);
});

test('an endpoint is found by its prefix and its hosts, the default one by neither', async () => {
  const changed = { ...UNCHANGED_DEFAULT, hosts: ['images.example'], paused: true };

  const entries = await endpointSource(async () => [shop, changed]).entries();

  expect(Object.fromEntries(entries)).toEqual({
    'endpoint:default': '{"paused":true}',
    'endpoint:e1': '{"paused":false}',
    'prefix:shop': 'e1',
    'host:shop.example': 'e1',
  });
});

test('a rewriter travels as patterns, which one value of the edge has room for', () => {
  const choices = [
    { type: 'CLOUDINARY', preserveAssetDeliveryTypes: true },
    { type: 'IMGIX' },
    { type: 'AKAMAI' },
  ] as const;
  for (const urlRewriter of choices) {
    const settings = settingsOf({ ...shop, strict: true, quality: 60, widthStep: 100, urlRewriter });
    expect(settings.rewriter?.product).toBe(urlRewriter.type);
    expect(JSON.stringify(settings).length).toBeLessThan(700);
  }
});

test('only what differs from the defaults travels to the edge', () => {
  expect(
    settingsOf({
      ...shop,
      requireSignature: true,
      namedTransformationsOnly: true,
      autoFormat: false,
      avif: false,
      quality: 60,
      widthStep: 100,
      dataSaver: true,
      strict: true,
      region: 'us-west-2',
    }),
  ).toEqual({
    paused: false,
    signed: true,
    named: true,
    keeps: true,
    noAvif: true,
    quality: 60,
    snap: 100,
    saver: true,
    strict: true,
    region: 'us-west-2',
  });
});

import { expect, it } from 'vitest';
import { UNCHANGED_DEFAULT } from '../../../../lambda/core/settings/endpoints/endpoint.ts';
import { mediaPlaceOf } from '../../../../lambda/core/settings/endpoints/endpoint-region.ts';

const HOST = 'media.example';
const ENDPOINTS = [
  UNCHANGED_DEFAULT,
  { ...UNCHANGED_DEFAULT, id: 'e1', urlPrefix: 'shop' },
  { ...UNCHANGED_DEFAULT, id: 'e2', urlPrefix: 'west', region: 'us-west-2' },
  { ...UNCHANGED_DEFAULT, id: 'e3', urlPrefix: 'later', region: 'us-west-2' },
];
const placeIn = (region: string) => mediaPlaceOf(HOST, ENDPOINTS, region, 'eu-west-1');

it('files at home are delivered under the host alone', () => {
  expect(placeIn('eu-west-1')).toBe(HOST);
});

it('files of another region are delivered under its oldest endpoint', () => {
  expect(placeIn('us-west-2')).toBe('media.example/west');
});

it('files of a region without an endpoint are delivered nowhere yet', () => {
  expect(placeIn('ap-south-1')).toBe(HOST);
});

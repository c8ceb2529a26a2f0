import { expect, it } from 'vitest';
import { readMediaRequest } from '../../../lambda/handlers/http/media-request.ts';
import { functionUrlEvent } from '../events.ts';

const read = (headers: Record<string, string>) => readMediaRequest(functionUrlEvent('GET', '/open/default/a', headers));

it('reads the URL that the edge hands on, whatever the host has in it', () => {
  const header = `${btoa('/a.jpg?tr=w-1')}.300_125_1.media.example.com:4000`;

  expect(read({ 'x-vitrine-url': header })).toMatchObject({
    asked: { host: 'media.example.com:4000', path: '/a.jpg', query: 'tr=w-1' },
    hints: { width: 300, dpr: 1.25, saveData: true },
  });
  expect(read({}).asked).toBeUndefined();
});

it.each([
  ['198.51.100.10:46532', '198.51.100.10'],
  ['2001:db8:0:1::5:443', '2001:db8:0:1::5'],
  ['unknown', undefined],
  ['', undefined],
])('reads the address in %j', (header, address) => {
  expect(read({ 'cloudfront-viewer-address': header }).address).toBe(address);
});

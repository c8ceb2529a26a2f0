import { expect, test } from 'vitest';
import { readMediaUrl } from '../../../../lambda/core/delivery/media-url.ts';
import { objectPath, proxiedUrl } from '../../../../lambda/core/settings/origins/origin-url.ts';

/* Rows 12 to 14 of the forms that ImageKit's endpoints take, from the URL as it arrives. */
test.each([
  ['/https://www.example.com/a.jpg', 'https://www.example.com/a.jpg'],
  ['/tr:w-300/https:/www.example.com/a.jpg', 'https://www.example.com/a.jpg'],
  ['/https%3A%2F%2Fexample.com%2Fa.jpg', 'https://example.com/a.jpg'],
  ['/https%3A%2F%2Fexample.com%2Fa.jpg%3Fw%3D1%26x%3D%252F', 'https://example.com/a.jpg?w=1&x=%2F'],
  ['/http://example.com:80/%C3%BC%20b.jpg', 'http://example.com:80/ü b.jpg'],
  ['/HTTPS://example.com/a%23b.jpg', 'https://example.com/a%23b.jpg'],
])('%s is the remote URL %s', (asked, remote) => {
  expect(proxiedUrl(readMediaUrl(asked, '').assetPath)).toBe(remote);
});

test.each(['/a.jpg', '/https:/', '/https://', '/ftp:/a.example/b', '/a/https:/b.example/c', '/httpsx:/b.example'])(
  '%s is no remote URL',
  (path) => {
    expect(proxiedUrl(path)).toBeUndefined();
  },
);

test('an object’s path stands below its folder, with everything escaped that is not unreserved', () => {
  expect(objectPath('a b', "/c/ü!'()*+~.png")).toBe('a%20b/c/%C3%BC%21%27%28%29%2A%2B~.png');
  expect(objectPath('', '/a//b')).toBe('a/b');
});

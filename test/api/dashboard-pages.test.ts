import { describe, expect, it } from 'vitest';
import type { DashboardDeps } from '../../lambda/api/dashboard-files.ts';
import { answerDashboard, isOfDashboard } from '../../lambda/api/dashboard-pages.ts';

const text = (bytes: string) => new TextEncoder().encode(bytes);

const DASHBOARD: DashboardDeps = {
  read: async (name, takesBrotli) => {
    if (name === 'index.html') return { bytes: text('page'), type: 'text/html', isBrotli: takesBrotli };
    if (name === 'assets/a-1.js') return { bytes: text('script'), type: 'text/javascript', isBrotli: takesBrotli };
    return undefined;
  },
  sources: async () => ({ media: 'https://media.example.com', originals: 'https://bucket.example.com' }),
};

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  answerDashboard(DASHBOARD, new Request(`https://api.invalid${path}`, { headers, method }));

it.each([
  ['/dashboard', true],
  ['/dashboard/', true],
  ['/dashboard/assets/a.js', true],
  ['/dashboards', false],
  ['/v1/dashboard/', false],
])('%s is the dashboard’s: %s', (path, expected) => {
  expect(isOfDashboard(path)).toBe(expected);
});

describe('the page', () => {
  it.each(['/dashboard/', '/dashboard/trash', '/dashboard/file/x'])(
    'is there for %s, asked anew each time',
    async (path) => {
      const answer = await get(path);

      expect(await answer.text()).toBe('page');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    },
  );

  // Attack HDR-006.
  it('runs its own scripts alone, shows media, sends to the storage, and is in no frame and no other window’s hands', async () => {
    const { headers } = await get('/dashboard/');
    const policy = headers.get('content-security-policy') ?? '';
    const parts = policy.split('; ');

    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');

    expect(parts).toContain("default-src 'none'");
    expect(parts).toContain("script-src 'self'");
    expect(parts).toContain("style-src 'self'");
    expect(parts).toContain("img-src 'self' data: blob: https://media.example.com");
    expect(parts).toContain("connect-src 'self' https://media.example.com https://bucket.example.com");
    expect(parts).toContain("frame-ancestors 'none'");
    expect(parts).toContain("trusted-types 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('tells browsers to connect to the media host at once', async () => {
    expect((await get('/dashboard/')).headers.get('link')).toBe('<https://media.example.com>; rel=preconnect');
  });

  it('has one address: without the slash a browser is led to it', async () => {
    const answer = await get('/dashboard');

    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toMatch(/\/dashboard\/$/);
  });
});

describe('a file', () => {
  it('is kept forever', async () => {
    const answer = await get('/dashboard/assets/a-1.js');

    expect(await answer.text()).toBe('script');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    ['br', true],
    ['gzip, deflate, br', true],
    ['gzip, br;q=0.5', true],
    ['br;q=0', false],
    ['gzip', false],
    ['brotli', false],
    ['', false],
  ])('is sent to who accepts "%s" in Brotli: %s', async (accepted, expected) => {
    const answer = await get('/dashboard/assets/a-1.js', { 'accept-encoding': accepted });

    expect(answer.headers.get('content-encoding')).toBe(expected ? 'br' : null);
    expect(answer.headers.get('vary')).toBe('accept-encoding');
  });

  it('that is not there is told so, and never the page in its place', async () => {
    await expect(get('/dashboard/assets/b.js')).rejects.toMatchObject({ code: 'route.unknown' });
  });
});

it('other methods than GET and HEAD are refused', async () => {
  await expect(get('/dashboard/', {}, 'POST')).rejects.toMatchObject({ code: 'method.not-allowed' });
  expect((await get('/dashboard/', {}, 'HEAD')).status).toBe(200);
});

it('a deployment without the dashboard says so', async () => {
  const answer = answerDashboard(
    { ...DASHBOARD, read: async () => undefined },
    new Request('https://api.invalid/dashboard/'),
  );

  await expect(answer).rejects.toMatchObject({ code: 'route.unknown' });
});

import { describe, expect, it } from 'vitest';
import { useS3 } from './s3-fixture.ts';

const s3 = useS3('cors', {
  cors: [
    {
      allowedOrigins: ['https://app.example', 'https://*.team.example'],
      allowedMethods: ['PUT', 'GET'],
      allowedHeaders: ['Content-*', 'x-amz-meta-who'],
      exposedHeaders: ['ETag'],
      maxAgeSeconds: 300,
    },
    { allowedOrigins: ['*'], allowedMethods: ['HEAD'] },
  ],
});
const Bucket = s3.Bucket;

const preflight = (origin: string, method: string, headers?: string) =>
  fetch(`${s3.endpoint}/${Bucket}/a.txt`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers !== undefined && { 'access-control-request-headers': headers }),
    },
  });

describe('a preflight', () => {
  it('is allowed by the first rule that fits, without a signature', async () => {
    const response = await preflight('https://app.example', 'PUT', 'content-type, X-Amz-Meta-Who');

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-methods': 'PUT, GET',
      'access-control-allow-headers': 'content-type, x-amz-meta-who',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '300',
      'access-control-allow-credentials': 'true',
    });
    expect((await preflight('https://a.team.example', 'GET')).status).toBe(200);
    expect((await preflight('https://anywhere', 'HEAD')).headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    ['https://evil.example', 'PUT', undefined],
    ['https://app.example.evil', 'PUT', undefined],
    ['https://app.example', 'DELETE', undefined],
    ['https://app.example', 'PUT', 'authorization'],
  ])('from %s for %s with %s is refused', async (origin, method, headers) => {
    const response = await preflight(origin, method, headers);

    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('an answer to another origin', () => {
  it('may be read when a rule allows it, a refusal too', async () => {
    const read = async (origin: string) => {
      const response = await fetch(`${s3.endpoint}/${Bucket}/a.txt`, { headers: { origin } });
      return [response.status, response.headers.get('access-control-allow-origin')];
    };

    expect(await read('https://app.example')).toEqual([403, 'https://app.example']);
    expect(await read('https://evil.example')).toEqual([403, null]);
  });
});

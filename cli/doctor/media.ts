import { withSignature } from '../../lambda/core/kernel/url-signature.ts';

export interface MediaAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Media as a viewer asks for them. */
export interface Media {
  /** @param path with its query */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<MediaAnswer>;
  /**
   * Signs a path as ImageKit does.
   * @param path with its query, below the endpoint's prefix
   * @param expires the last second of the URL, since 1970
   */
  readonly sign: (path: string, expires: number) => string;
}

export function media(baseUrl: string, privateKey: string): Media {
  return {
    get: async (path, headers = {}) => {
      const answer = await fetch(`${baseUrl}${path}`, { headers, redirect: 'manual' });
      return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
    },
    sign: (path, expires) => withSignature({ base: '/', relative: path.slice(1), until: expires }, privateKey),
  };
}

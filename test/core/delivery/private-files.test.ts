import { beforeEach, describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../../lambda/core/kernel/sha256.ts';
import { hmacSha1 } from '../../../lambda/core/kernel/url-signature.ts';
import { variantPath } from '../../../lambda/core/request/variant-key.ts';
import { edgeKey } from '../request/signed-urls.ts';
import {
  ask,
  bytes,
  deps,
  forgetAll,
  keep,
  NOW,
  notedKeys,
  reports,
  settings,
  text,
  variants,
} from './memory-delivery.ts';

beforeEach(() => {
  forgetAll();
  settings.set('keys', JSON.stringify([edgeKey('private-key', 'private')]));
});

const END = NOW / 1000 + 60;

/** A signed request as the edge hands it on. */
function askSigned(path: string, query = '', { key = 'private-key', expires = END } = {}) {
  const signature = `ik-t=${expires}&ik-s=${hmacSha1(key, `${path.slice(1)}${query && `?${query}`}${expires}`)}`;
  return {
    ...ask(path, query),
    path: variantPath(readMediaUrl(path, query), 'webp', 'signed', 'default', ENGINE_VERSION, sha256Hex),
    asked: { host: '', path, query: query ? `${query}&${signature}` : signature },
  };
}

const keysStored = () => [...variants.keys()].map((key) => key.split('/')[2]);

describe('a private file', () => {
  it('is delivered and stored for a valid signature, in the signed space alone', async () => {
    keep('/a.jpg', 'secret', { isPrivate: true });

    for (const query of ['tr=w-10', 'tr=orig-true']) {
      const answer = await deliverImage(deps(), askSigned('/a.jpg', query));
      await answer.stored;
      expect(answer.status).toBe(200);
    }

    expect(keysStored()).toEqual(['signed', 'signed']);
    expect(new Set(notedKeys)).toEqual(new Set(['private']));
  });

  it('is refused by the transformer whatever the edge said', async () => {
    keep('/a.jpg', 'secret', { isPrivate: true });
    const requests = [
      askSigned('/a.jpg', 'tr=w-10', { key: 'other' }),
      askSigned('/a.jpg', 'tr=w-10', { expires: NOW / 1000 - 1 }),
      ask('/a.jpg', 'tr=w-10'),
      ask('/a.jpg', 'tr=n-ik_ml_thumbnail'),
    ];

    for (const request of requests) {
      const answer = await deliverImage(deps(), request);
      expect([answer.status, answer.headers['cache-control']]).toEqual([401, 'no-store']);
      expect(text(answer.body)).toBe('The URL needs a valid signature.\n');
    }
    expect(variants.size).toBe(0);
  });

  it('that has no decoder is not handed out for a signature of a picture of it', async () => {
    keep('/a.pdf', 'secret', { contentType: 'application/pdf', fileType: 'non-image', isPrivate: true });

    const { status, body } = await deliverImage(deps(), askSigned('/a.pdf', 'tr=w-10'));

    expect([status, text(body)]).toEqual([400, expect.not.stringContaining('secret')]);
  });

  it('cannot be reached in the signed space without a signature, or stored in the open one with it', async () => {
    keep('/a.jpg', 'secret', { isPrivate: true });
    const [open, signed] = [ask('/a.jpg'), askSigned('/a.jpg')];

    expect((await deliverImage(deps(), { ...open, path: signed.path })).status).toBe(400);
    expect((await deliverImage(deps(), { ...signed, path: open.path })).status).toBe(400);
    expect(variants.size).toBe(0);
  });

  it('is decided on fresh keys when the edge knows one that is not known here yet', async () => {
    keep('/a.jpg', 'secret', { isPrivate: true });
    let forgotten = 0;
    const view = {
      read: async (key: string) => (key === 'keys' && forgotten === 0 ? '[]' : settings.get(key)),
      invalidate: () => void forgotten++,
    };

    const answer = await deliverImage(deps({ settings: view }), askSigned('/a.jpg'));
    await answer.stored;

    expect([answer.status, forgotten]).toEqual([200, 1]);
  });
});

describe('a file that becomes private while it is rendered', () => {
  it.each(['rendered', 'stored'])('is not delivered and not kept: at the moment when it was %s', async (moment) => {
    keep('/a.jpg', 'secret');
    let switched = false;
    const becomePrivate = () => {
      if (!switched) keep('/a.jpg', 'secret', { isPrivate: true });
      switched = true;
    };
    const real = deps();
    const held = deps({
      render: async (...given) => {
        const image = await real.render(...given);
        if (moment === 'rendered') becomePrivate();
        return image;
      },
      variants: {
        ...real.variants,
        put: async (key, stored, headers) => {
          becomePrivate();
          await real.variants.put(key, stored, headers);
        },
      },
    });

    const answer = await deliverImage(held, ask('/a.jpg', 'tr=w-10'));
    await answer.stored;

    expect(answer.status).toBe(moment === 'rendered' ? 401 : 200);
    expect(variants.size).toBe(0);
    expect(reports).toEqual([]);
  });

  it('leaves no copy of its own bytes in the open space', async () => {
    keep('/a.pdf', 'secret', { fileType: 'non-image', contentType: 'application/pdf' });
    const real = deps();
    const copyOriginal: typeof real.variants.copyOriginal = async (...given) => {
      await real.variants.copyOriginal(...given);
      keep('/a.pdf', 'secret', { isPrivate: true, fileType: 'non-image', contentType: 'application/pdf' });
    };

    const answer = await deliverImage(deps({ variants: { ...real.variants, copyOriginal } }), ask('/a.pdf'));
    await answer.stored;

    expect(answer.status).toBe(401);
    expect(variants.size).toBe(0);
  });
});

it('a picture is delivered although the note about its key fails', async () => {
  keep('/a.jpg', 'secret', { isPrivate: true });
  const failing = deps({ noteKey: () => Promise.reject(new Error('no table')) });

  const answer = await deliverImage(failing, askSigned('/a.jpg'));
  await answer.stored;

  expect([answer.status, text(answer.body)]).toEqual([200, text(bytes('rendered secret'))]);
  expect(reports).toEqual(['key-use-failed']);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import { composedUrlPath } from '../../../lambda/core/delivery/spellings.ts';
import { ask, dependencies, deps, forgetAll, keep, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

const COMPOSED = '/caf\u00e9/\u1e69.jpg';
const DECOMPOSED = COMPOSED.normalize('NFD');

describe('a path that is not in Unicode NFC', () => {
  it('is looked for as it is given first', async () => {
    keep(COMPOSED, 'composed');
    keep(DECOMPOSED, 'decomposed');

    const { status, body } = await deliverImage(deps(), ask(encodeURI(DECOMPOSED)));

    expect([status, text(body)]).toEqual([200, 'rendered decomposed']);
  });

  it.each(['', 'tr=w-10', 'tr=orig-true'])(
    'leads to the file in NFC, which the edge judges by its own path: "%s"',
    async (query) => {
      keep(COMPOSED, 'composed');

      const { status, headers, stored } = await deliverImage(deps(), ask(encodeURI(DECOMPOSED), query));
      await stored;

      expect(status).toBe(307);
      expect(headers.location).toBe(query ? `${encodeURI(COMPOSED)}?${query}` : encodeURI(COMPOSED));
      expect(headers['cache-control']).toBe('no-store');
      expect(variants.size).toBe(0);
    },
  );

  it('is answered, and not stored, where no other URL can be given', async () => {
    keep(COMPOSED, 'composed');
    // An escaped letter before its accent: escapes within ASCII stay as they are written.
    const request = ask(encodeURI(DECOMPOSED).replace('e%CC', '%65%CC').replace('s%CC', '%73%CC'));

    for (const query of ['', 'tr=orig-true']) {
      const path = request.asked.path;
      const { status, headers, stored } = await deliverImage(deps(), ask(path, query));
      await stored;

      expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=60']);
    }
    expect(variants.size).toBe(0);
  });

  it('is not found where there is no such file', async () => {
    expect((await deliverImage(deps(), ask(encodeURI(DECOMPOSED)))).status).toBe(404);
  });

  it('names a layer, too', async () => {
    keep('/a.jpg', 'picture');
    keep(COMPOSED, 'layer');
    const layer = encodeURIComponent(DECOMPOSED.slice(1).replaceAll('/', '@@'));
    let loaded = '';
    const { render } = deps();

    const { status, stored } = await deliverImage(
      deps({
        render: async (source, plan, accepts, load) => {
          const [step] = plan.steps as readonly { layers?: { asset: string }[] }[];
          loaded = text(await load(step?.layers?.[0]?.asset ?? ''));
          return render(source, plan, accepts, load);
        },
      }),
      ask('/a.jpg', `tr=l-image,i-${layer},l-end`),
    );

    await stored;
    expect([status, loaded]).toEqual([200, 'layer']);
    // The path by which a purge will ask.
    expect(dependencies.flat()).toContain(`asset:${COMPOSED}`);
  });
});

it('leaves what is within ASCII as it is written', () => {
  expect(composedUrlPath('/tr:w-10/a%20b/e%CC%81%2f.jpg')).toBe('/tr:w-10/a%20b/%C3%A9%2f.jpg');
});

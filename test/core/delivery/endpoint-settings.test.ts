import { beforeEach, describe, expect, it } from 'vitest';
import type { EndpointSettings } from '../../../lambda/contract/edge.ts';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../../lambda/core/kernel/sha256.ts';
import type { OutputSettings } from '../../../lambda/core/plan/plan.ts';
import { applyHints } from '../../../lambda/core/request/client-hints.ts';
import type { FormatClass } from '../../../lambda/core/request/format-class.ts';
import { variantPath } from '../../../lambda/core/request/variant-key.ts';
import { bytes, deps, forgetAll, keep, NO_HINTS, settings, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

const set = (changes: Partial<EndpointSettings>, id = 'default') =>
  settings.set(`endpoint:${id}`, JSON.stringify({ paused: false, ...changes }));

/** A request as an edge hands it on that decides by these settings. */
function asked(by: Partial<EndpointSettings>, query: string, format: FormatClass = 'plain', hints = NO_HINTS) {
  const url = applyHints(readMediaUrl('/a.jpg', query, by), hints, by.saver);
  return {
    method: 'GET',
    path: variantPath(url, format, 'open', 'default', ENGINE_VERSION, sha256Hex),
    asked: { host: '', path: '/a.jpg', query },
    hints,
  };
}

const NAMED = { id: 'n1', enabled: true, createdAt: '2026-01-01T00:00:00.000Z', revision: 1 };

/** What the renderer is told about the result. */
async function outputFor(by: Partial<EndpointSettings>, query: string, hints = NO_HINTS): Promise<OutputSettings> {
  const outputs: OutputSettings[] = [];
  const render = deps().render;
  const spying = deps({
    render: (source, plan, ...rest) => {
      outputs.push(plan.output);
      return render(source, plan, ...rest);
    },
  });
  const answer = await deliverImage(spying, asked(by, query, 'plain', hints));
  expect(answer.status, text(answer.body)).toBe(200);
  return outputs[0] as OutputSettings;
}

describe('an endpoint', () => {
  beforeEach(() => void keep('/a.jpg', 'photo'));

  it('gives its quality where the URL names none', async () => {
    set({ quality: 55 });

    expect(await outputFor({}, 'tr=w-1')).toMatchObject({ defaultQuality: 55 });
    expect(await outputFor({}, 'tr=w-1,q-70')).toMatchObject({ quality: 70 });
  });

  it.each([
    [undefined, 65],
    [70, 55],
    [50, 40],
    [30, 30],
  ])('lowers a quality of %s to %s for clients that save data, when it lets them', async (quality, expected) => {
    const by = { saver: true, ...(quality && { quality }) };
    set(by);

    expect(await outputFor(by, 'tr=w-1', { ...NO_HINTS, saveData: true })).toMatchObject({ defaultQuality: expected });
  });

  it('keeps the format of files, unless the URL asks for a format or for the best one', async () => {
    const by = { keeps: true };
    set(by);

    expect(await outputFor(by, 'tr=w-1')).toMatchObject({ format: 'auto', keepsFormat: true });
    expect(await outputFor(by, 'tr=w-1,f-webp')).toMatchObject({ format: 'webp' });
    expect(await outputFor(by, 'tr=w-1,f-auto')).not.toHaveProperty('keepsFormat');
  });

  it('refuses what has no meaning when it is strict', async () => {
    expect((await deliverImage(deps(), asked({}, 'tr=zz-1'))).status).toBe(200);
    set({ strict: true });

    const answer = await deliverImage(deps(), asked({}, 'tr=zz-1'));
    expect([answer.status, text(answer.body)]).toEqual([400, expect.stringContaining('zz-1')]);
  });

  it('that delivers named transformations only hands out no file as it is, by whatever name', async () => {
    set({ named: true });
    const find = async (name: string) => ({ ...NAMED, name, transformation: name === 'file' ? 'orig-true' : 'w-5' });
    const ask = async (query: string) => (await deliverImage(deps({ findNamed: find }), asked({}, query))).status;

    expect([await ask('tr=n-card'), await ask('tr=n-file'), await ask(''), await ask('tr=w-5')]).toEqual([
      200, 401, 401, 401,
    ]);
    keep('/a.jpg', 'document', { fileType: 'non-image', contentType: 'image/x-icon' });
    expect(await ask('tr=n-card')).toBe(401);
  });

  it('delivers while the edge still decides by older settings, and by newer ones', async () => {
    for (const [here, edge] of [
      [{ keeps: true }, {}],
      [{}, { keeps: true, saver: true }],
    ] as const) {
      set(here);
      expect((await deliverImage(deps(), asked(edge, 'tr=w-2'))).status).toBe(200);
    }
  });

  it('that another one became meanwhile is asked about again', async () => {
    let forgotten = 0;
    const stale = new Map(settings);
    const view = {
      read: async (key: string) => (forgotten ? settings : stale).get(key),
      invalidate: () => void forgotten++,
    };
    settings.set('prefix:shop', 'e1').set('endpoint:e1', '{"paused":false}');
    const path = variantPath(readMediaUrl('/a.jpg', ''), 'webp', 'open', 'e1', ENGINE_VERSION, sha256Hex);
    const request = { method: 'GET', path, asked: { host: '', path: '/shop/a.jpg', query: '' }, hints: NO_HINTS };

    const answer = await deliverImage(deps({ settings: view }), request);
    await answer.stored;

    expect([answer.status, forgotten, [...variants.keys()]]).toEqual([200, 1, [path.slice(1)]]);
    expect(answer.body).toEqual(bytes('rendered photo'));
  });
});

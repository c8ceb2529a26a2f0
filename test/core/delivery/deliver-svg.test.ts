import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import { problem } from '../../../lambda/core/kernel/problems.ts';
import { ask, deps, forgetAll, keep, settings, text, variants } from './memory-delivery.ts';

const SVG = { contentType: 'image/svg+xml' } as const;

beforeEach(forgetAll);

describe('an SVG', () => {
  it.each([
    '',
    'tr=q-50',
    'tr=f-auto',
    'tr=dpr-2',
    'ik-sanitizeSvg=true',
    'ik-sanitizeSvg=false',
    'tr=lo-true,pr-true',
  ])('is delivered as a safe SVG, and stored, when nothing needs pixels: "%s"', async (query) => {
    keep('/a.svg', '<svg/>', SVG);
    const request = ask('/a.svg', query);

    const { status, headers, body, stored } = await deliverImage(deps(), request);
    await stored;

    expect([status, headers['content-type'], text(body)]).toEqual([200, 'image/svg+xml', 'safe <svg/>']);
    const kept = variants.get(request.path.slice(1));
    expect([text(kept?.bytes), kept?.headers.contentType]).toEqual(['safe <svg/>', 'image/svg+xml']);
  });

  it.each(['tr=w-10', 'tr=f-png', 'tr=bl-3', 'tr=f-webp,q-50', 'tr=n-ik_ml_thumbnail', 'tr=rt-90'])(
    'is rendered when something does: %s',
    async (query) => {
      keep('/a.svg', '<svg/>', SVG);

      const { headers, body } = await deliverImage(deps(), ask('/a.svg', query));

      expect([headers['content-type'], text(body)]).toEqual(['image/webp', 'rendered <svg/>']);
    },
  );

  it('is given as a download under its own extension', async () => {
    keep('/logo', '<svg/>', SVG);

    const { headers } = await deliverImage(deps(), ask('/logo', 'ik-attachment=true'));

    expect(headers['content-disposition']).toContain('filename="logo.svg"');
  });

  it.each(['', 'tr=w-10'])('of too many bytes is not even read: "%s"', async (query) => {
    keep('/a.svg', '<svg/>', { ...SVG, size: LIMITS.svgBytes + 1 });

    const { status, headers } = await deliverImage(deps(), ask('/a.svg', query));

    expect(status).toBe(400);
    expect(headers['ik-error']).toMatch(/^ELIMIT - .*1000000 bytes.*orig-true/);
  });

  it('that is refused is no fault of ours', async () => {
    keep('/a.svg', '<svg/>', SVG);
    const sanitiseSvg = () => Promise.reject(problem('source.unreadable', 'No entities.'));

    const { status, headers } = await deliverImage(deps({ sanitiseSvg }), ask('/a.svg'));

    expect([status, headers['ik-error']]).toEqual([400, 'EINVAL - No entities.']);
    expect(variants.size).toBe(0);
  });

  it('that is private is not shown by a name that leaves it an SVG', async () => {
    settings.set('endpoint:default', '{"paused":false}');
    keep('/a.svg', 'secret', { ...SVG, isPrivate: true });

    expect((await deliverImage(deps(), ask('/a.svg'))).status).toBe(401);
  });
});

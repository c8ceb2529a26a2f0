import { expect, test } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { fingerprint, fingerprintDistance, shown } from '../../images/compare.ts';
import { sceneIn } from '../../images/sources.ts';

const scene = await sceneIn('jpeg', 800, 600);
const avif = (items: string) => render(scene, readPlan([items.split(',')]), 'avif');

test('AVIF is answered quickly and can be made smaller afterwards, the same picture both times', async () => {
  const first = await avif('w-400');
  const better = await first.improve?.();

  expect(first).toMatchObject({ format: 'avif', width: 400, height: 300 });
  expect(better?.byteLength).toBeLessThan(first.bytes.byteLength);
  const [one, other] = [await shown(first.bytes), await shown(better ?? new Uint8Array())];
  expect([other.width, other.height]).toEqual([400, 300]);
  expect(fingerprintDistance(await fingerprint(one), await fingerprint(other))).toBeLessThanOrEqual(8);
});

test('both have the same bytes every time', async () => {
  const [one, other] = [await avif('w-300,f-avif'), await avif('w-300,f-avif')];

  expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(true);
  expect(Buffer.from((await one.improve?.()) ?? []).equals((await other.improve?.()) ?? new Uint8Array([0]))).toBe(
    true,
  );
});

test('other formats are as good as they get at once', async () => {
  for (const format of ['jpg', 'webp', 'png']) expect((await avif(`f-${format},w-100`)).improve).toBeUndefined();
});

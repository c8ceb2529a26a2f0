import { expect, it } from 'vitest';
import { startImgproxy } from '../../benchmarks/imgproxy.ts';

it('is left out where nobody has the program', async () => {
  expect(await startImgproxy('')).toBeUndefined();
});

it('is no contender when its program ends at once, or is none', async () => {
  await expect(startImgproxy('/bin/false')).rejects.toThrow('/bin/false ended');
  await expect(startImgproxy('/nowhere/imgproxy')).rejects.toThrow('ENOENT');
});

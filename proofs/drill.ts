import { expect } from 'vitest';
import { measureLoss } from './drill/backup-lag.ts';
import { restoreTwice, withBackup } from './drill/erased-state.ts';
import { rotateKey } from './drill/key-rotation.ts';
import { loseRegion, withTwoRegions } from './drill/region-loss.ts';
import type { Proof } from './proof.ts';

/** What an operations team is to have done before it is needed. Its times are those of one machine, not of AWS. */
export const DRILL: Proof<{ files: number; lagMinutes: number }> = {
  name: 'drill',
  sentence:
    'Lost bytes and a lost region are restored from the backup, a region is declared down and comes back, a key is changed, and no more is lost than the alarm of the lag says.',
  small: { files: 5, lagMinutes: 15 },
  full: { files: 100, lagMinutes: 15 },
  async run({ files, lagMinutes }, _, report) {
    const assembly = await withBackup();
    const { lost, alarm } = await measureLoss(lagMinutes, assembly);
    expect(lost).toBe(alarm);
    report(`${lost} s are lost at a lag of ${lagMinutes} minutes`);
    const { keys, region } = await withTwoRegions(async (product, cutOff) => ({
      keys: await rotateKey(product),
      region: await loseRegion(product, cutOff),
    }));
    report(`a key was changed in ${keys.toSign} ms, a region declared down in ${region.toBeDeclared} ms`);
    const restored = await restoreTwice(files, assembly);
    return {
      'seconds lost when S3 is 15 minutes late': lost,
      'seconds at which the alarm tells': alarm,
      'ms until a new key signs': keys.toSign,
      'ms until an ended key is refused': keys.toEnd,
      'ms until a region is declared down': region.toBeDeclared,
      'ms of an answer for it': region.ofAnAnswer,
      'ms until it is back': region.toBeBack,
      'ms to restore lost bytes': restored.lostBytes,
      'ms to restore an erased region': restored.erasedState,
    };
  },
};

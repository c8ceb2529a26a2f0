import type { ChangeStep } from '../store/change.ts';

/**
 * The step that makes a change of the tree the next one. It holds only if no other change came since the stamp was read, so
 * what was resolved under it still holds when the change is made: no circle, no folder that went to the trash meanwhile.
 */
export const advanceTree = (stamp: number): ChangeStep =>
  stamp === 0
    ? { create: 'stamp', record: { value: 1 } }
    : { replace: 'stamp', record: { value: stamp + 1 }, was: { value: stamp } };

import { describe, expect, it } from 'vitest';
import { sealHash } from '../../../lambda/core/audit/seal.ts';
import { sealChains } from '../../../lambda/core/audit/seal-chains.ts';
import { sealingFixture } from './sealing-fixture.ts';

describe('sealing the chains', () => {
  it('signs the ends of all of them, after the seal before', async () => {
    const log = sealingFixture('2026-11-29T12:00:00.000Z');
    log.add('2026-05');
    const [end, other] = [log.add('2026-05'), log.add('2026-63')];
    await sealChains(log.deps);
    await sealChains(log.deps);

    const [first, second] = log.seals();
    expect(first).toEqual({ number: 1, at: '2026-11-29T12:00:00.000Z', previous: '', heads: [end, other] });
    expect(second).toMatchObject({ number: 2, previous: sealHash(log.texts[0] ?? '') });
    expect(log.signatures.get(2)).toBe(`signed ${log.texts[1]}`);
    expect(log.publicKeys).toHaveLength(1);
  });

  it('does nothing for changes that are sealed', async () => {
    const log = sealingFixture('2026-11-29T12:00:00.000Z');
    const [first, second] = [log.add('2026-05'), log.add('2026-05')];

    expect(await sealChains(log.deps, [first])).toBe(true);
    expect(await sealChains(log.deps, [second])).toBe(false);
    expect(await sealChains(log.deps, [second, log.add('2026-06')])).toBe(true);
    expect(log.texts).toHaveLength(2);
  });

  it('gives each of many that seal at once a number of its own', async () => {
    const log = sealingFixture('2026-11-29T12:00:00.000Z');
    await Promise.all(Array.from({ length: 6 }, () => sealChains(log.deps)));

    const previous = log.texts.map((text) => sealHash(text));
    expect(log.seals().map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(log.seals().map((seal) => seal.previous)).toEqual(['', ...previous.slice(0, -1)]);
    expect([...log.signatures.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('signs what a run that died had not signed', async () => {
    const log = sealingFixture('2026-11-29T12:00:00.000Z');
    const end = log.add('2026-05');
    await sealChains(log.deps);
    log.signatures.clear();

    expect(await sealChains(log.deps, [end])).toBe(false);
    expect([...log.signatures.keys()]).toEqual([1]);
  });

  it('seals the last events of a year on the first day of the next', async () => {
    const log = sealingFixture('2027-01-01T23:59:59.000Z');
    const [old, young] = [log.add('2026-05'), log.add('2027-05')];
    await sealChains(log.deps);

    expect(log.seals()[0]?.heads).toEqual([old, young]);
  });

  it('stops at a seal that is none, and makes none after it', async () => {
    const log = sealingFixture('2026-11-29T12:00:00.000Z');
    log.texts.push('something else');

    await expect(sealChains(log.deps)).rejects.toThrow('Seal 1 is none');
    expect(log.texts).toHaveLength(1);
  });
});

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../../../lambda/core/accounts/people/personal-data.ts';

const key = randomBytes(32);
const PROFILE = { mail: 'jo@example.com', name: 'Jo' };
const sealed = seal(key, 'p1', 'profile', PROFILE, randomBytes(12));

describe('what is sealed', () => {
  it('opens with its key, for its person, as what it is', () => {
    expect(unseal(key, 'p1', 'profile', sealed)).toEqual(PROFILE);
    expect(sealed).not.toContain('jo@');
  });

  it('opens with no other key, for nobody else, and as nothing else', () => {
    expect(() => unseal(randomBytes(32), 'p1', 'profile', sealed)).toThrow();
    expect(() => unseal(key, 'p2', 'profile', sealed)).toThrow();
    expect(() => unseal(key, 'p1', 'sign-in', sealed)).toThrow();
  });

  it('does not open when a bit of it was changed', () => {
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let place = 0; place < bytes.length; place++) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => unseal(key, 'p1', 'profile', `v1.${changed.toString('base64url')}`)).toThrow();
    }
  });
});

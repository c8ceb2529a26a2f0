import { expect } from 'vitest';
import { childProgram } from '../../lambda/core/render/isolated/child-program.ts';
import { runStart } from '../product/product.ts';
import { attack, elsewhere } from './attack-case.ts';

/** What comes with the program, and how it is started. */
export const SUPPLY_CASES = [
  elsewhere('SUP-001', 'a decoder below its oldest safe version', 'test/lib/bundling/oldest-safe-versions.test.ts'),
  elsewhere('SUP-003', 'a secret in the repository or in a template', 'test/supply/secrets.test.ts'),
  attack('SUP-004', 'the process that decodes strangers’ pictures has none of our environment', async () => {
    const stolen = { AWS_SECRET_ACCESS_KEY: 'stolen', AWS_SESSION_TOKEN: 'stolen', VITRINE_PRIVATE_KEY: 'stolen' };
    const before = { ...process.env };
    Object.assign(process.env, stolen);
    try {
      const { environment } = childProgram();

      expect(JSON.stringify(environment)).not.toContain('stolen');
      for (const name of Object.keys(environment))
        expect(name).toMatch(
          /^(NODE_PATH|MALLOC_ARENA_MAX|LD_LIBRARY_PATH|FONTCONFIG_(FILE|PATH)|RENDER_FONTS_FOLDER)$/,
        );
    } finally {
      for (const name of Object.keys(stolen)) delete process.env[name];
      Object.assign(process.env, before);
    }
  }),
  elsewhere('SUP-006', 'an update from the last release with its data, and back', 'test/upgrade/state.test.ts'),
  attack('SUP-008', 'a start on one machine refuses to be a production', async () => {
    const { code, output } = await runStart({ environment: { NODE_ENV: 'production' } });

    expect(code).toBe(1);
    expect(output).toMatch(/NODE_ENV is "production".*npm run deploy/s);
  }),
];

import { defineConfig } from 'vitest/config';

/** `npm run test:emulator`: these tests need Python, and share one deployment. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: './global-setup.ts',
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.{test,golden,fuzz}.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

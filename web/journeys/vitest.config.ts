import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By name, so that each run goes the same way: the pages as the demonstration network has them, then what changes it. */
class ByName extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve([...files].sort((a, b) => a.moduleId.localeCompare(b.moduleId)));
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { alias: { '@': fileURLToPath(new URL('../src', import.meta.url)) } },
  test: {
    name: 'journeys',
    environment: 'node',
    include: ['journeys/*.test.ts'],
    globalSetup: ['journeys/kit/setup.ts'],
    // One program and one Chromium for all of them.
    fileParallelism: false,
    maxConcurrency: 2,
    sequence: { sequencer: ByName },
    bail: 1,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    teardownTimeout: 40_000,
    reporters: ['verbose'],
  },
});

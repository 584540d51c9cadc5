import { defineConfig } from '@playwright/test';
import mocked from './playwright.config';

const PORT = 4180;

// The whole program on a copy of the demo year: ENTENTE_BIN and ENTENTE_LEDGER name another binary and ledger.
export default defineConfig({
  testDir: 'tests/program',
  outputDir: 'test-results/program',
  timeout: 120_000,
  // The first question about the world's future is worked out for the whole ledger.
  expect: { timeout: 30_000 },
  // One at a time: some tests write, and one measures.
  workers: 1,
  reporter: 'list',
  use: { ...mocked.use, baseURL: `http://127.0.0.1:${PORT}` },
  webServer: {
    command: 'node tests/program/serve.mjs',
    env: { PORT: String(PORT), ENTENTE_LOG: 'warn' },
    url: `http://127.0.0.1:${PORT}/healthz`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    reuseExistingServer: false,
  },
});

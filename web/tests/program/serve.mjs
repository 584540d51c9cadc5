// Serves a copy of a ledger, so that what the tests keep and judge touches nobody's.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BINARY = process.env.ENTENTE_BIN ?? join(ROOT, 'target/release/entente');
const LEDGER = process.env.ENTENTE_LEDGER ?? join(ROOT, 'target/year.entente');
const PORT = process.env.PORT ?? '4180';

for (const [path, name] of [[BINARY, 'ENTENTE_BIN'], [LEDGER, 'ENTENTE_LEDGER']]) {
  if (existsSync(path)) continue;
  console.error(`there is no ${path}: name another by ${name}, or run make test-browser`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'entente-desk-'));
const copy = join(folder, 'year.entente');
for (const part of ['', '-wal']) {
  if (existsSync(LEDGER + part)) copyFileSync(LEDGER + part, copy + part);
}

// A webhook of the tests listens on this machine.
const options = ['--ledger', copy, '--listen', `127.0.0.1:${PORT}`, '--allow-private'];
const program = spawn(BINARY, ['serve', ...options], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => program.kill('SIGTERM'));
program.on('error', (error) => console.error(String(error)));
program.on('close', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 1);
});

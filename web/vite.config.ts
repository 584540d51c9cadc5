import { defineConfig } from 'vite';

const server = process.env.ENTENTE_SERVER ?? 'http://127.0.0.1:4178';

export default defineConfig({
  build: {
    target: 'es2022',
    // A shape inlined as a data: address would be refused by the Content-Security-Policy.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
  },
  server: { proxy: { '/api': server } },
  preview: { proxy: { '/api': server } },
});

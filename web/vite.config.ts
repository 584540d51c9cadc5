import { defineConfig } from 'vite';

// The desk's server sends a content security policy without inline code, so nothing may be inlined here.
export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:8321' } },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The product on the same machine; `npm run dev` sends everything that is no page to it. */
const product = process.env['CHIZHENG_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', sourcemap: false, manifest: true, chunkSizeWarningLimit: 1500 },
  server: {
    port: 5173,
    proxy: Object.fromEntries(['/api', '/v/', '/health', '/metrics'].map((path) => [path, { target: product }])),
  },
});

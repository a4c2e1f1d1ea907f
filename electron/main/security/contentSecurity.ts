/**
 * What a page of ours may load: its own files and nothing else. `wasm-unsafe-eval` is for ONNX Runtime's wasm (no eval of text), `blob:`
 * for pictures made in the page. No `unsafe-inline`: React and Konva set styles through the object model, which a policy does not see.
 */
const production: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** Vite's hot reload puts inline scripts and styles into the page and talks to its server over a socket. Development only. */
const development = (devServer: string): Readonly<Record<string, string>> => ({
  ...production,
  'script-src': "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' blob: data:",
  'connect-src': `'self' ${devServer.replace(/^http/, 'ws')}`,
});

/** Headers of every answer of the app's protocol. The opener and embedder policies make the page isolated: threads for wasm. */
export const securityHeaders = (devServer: string | null): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': Object.entries(devServer === null ? production : development(devServer))
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
});

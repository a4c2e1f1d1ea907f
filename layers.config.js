/**
 * Who may import whom (docs/architecture.md). Key: a folder; value: what its files may import beside themselves. The longest matching
 * key counts. Packages are listed with `npm:`; `npm:*` is any but those in `restrictedPackages`.
 */
export const restrictedPackages = {
  electron: ['electron/main', 'electron/preload'],
  'better-sqlite3': ['electron/store'],
  kysely: ['electron/store'],
  pg: ['electron/store'],
  amqplib: ['electron/brokers'],
  '@aws-sdk/client-s3': ['electron/blobs'],
  '@aws-sdk/lib-storage': ['electron/blobs'],
  '@aws-sdk/s3-request-presigner': ['electron/blobs'],
  'prom-client': ['electron/worker'],
  yazl: ['electron/exchange'],
  yauzl: ['electron/exchange'],
  sharp: ['electron/imaging'],
  'onnxruntime-node': ['electron/inference'],
  'onnxruntime-web': ['renderer/workers'],
  react: ['renderer/canvas', 'renderer/ui', 'renderer/panels', 'renderer/app'],
  konva: ['renderer/canvas'],
  'react-konva': ['renderer/canvas'],
};

const domain = 'shared/domain';
const errors = 'shared/errors';
const mask = 'shared/mask';
const nodeCore = ['electron/base', 'shared'];

export const layers = {
  'shared/domain': [],
  'shared/errors': [],
  'shared/flat': [],
  'shared/mask': [domain, errors],
  'shared/metrics': [mask, domain, errors],
  'shared/checks': [domain, mask, 'shared/metrics', errors],
  'shared/picture': [domain, mask, errors],
  'shared/prompts': [domain, mask, errors],
  'shared/edits': [domain, mask, errors],
  'shared/raster': [domain, mask, 'shared/picture', 'shared/prompts', 'shared/edits', errors],
  'shared/ports': [domain, 'shared/edits', 'shared/prompts', errors, mask],
  'shared/contracts': [domain, errors, 'npm:zod', 'npm:@orpc/contract'],
  'electron/base': ['shared', 'npm:*', 'node:'],
  'electron/store': [...nodeCore, 'npm:*', 'node:'],
  'electron/blobs': [...nodeCore, 'npm:*', 'node:'],
  'electron/brokers': [...nodeCore, 'npm:*', 'node:'],
  'electron/imaging': [...nodeCore, 'npm:*', 'node:'],
  'electron/inference': [...nodeCore, 'models', 'npm:*', 'node:'],
  'electron/segmenters': ['electron/inference', ...nodeCore, 'models', 'npm:*', 'node:'],
  // Bytes come from sources and go to the engine: no file, no socket, no process, and nothing of base, which has them.
  'electron/formats': ['shared', 'npm:*'],
  // Tests write and read real files with the real codec.
  'electron/formats/testing': ['electron/formats', 'electron/exchange', 'electron/imaging', ...nodeCore, 'npm:*', 'node:'],
  'electron/exchange': [...nodeCore, 'npm:*', 'node:'],
  'electron/services': [...nodeCore, 'npm:*', 'node:'],
  'electron/demo': ['electron/imaging', 'electron/inference', 'electron/services', ...nodeCore, 'resources', 'npm:*', 'node:'],
  'electron/app': ['electron/store', 'electron/blobs', 'electron/brokers', 'electron/imaging', 'electron/inference', 'electron/segmenters', 'electron/formats', 'electron/exchange', 'electron/services', 'electron/demo', 'electron/worker/workerSettings.ts', ...nodeCore, 'npm:*', 'node:'],
  'electron/handlers': ['electron/services', ...nodeCore, 'npm:*', 'node:'],
  'electron/main': ['electron/app', 'electron/handlers', ...nodeCore, 'npm:*', 'node:'],
  'electron/preload': [...nodeCore, 'npm:*'],
  'electron/worker': ['electron/app', 'electron/services', ...nodeCore, 'npm:*', 'node:'],
  'electron/cli': ['electron/worker', 'electron/app', 'electron/handlers', ...nodeCore, 'npm:*', 'node:'],
  // The bridge starts workers and speaks their messages; nobody else knows that they are there.
  'renderer/bridge': ['renderer/workers', 'shared', 'npm:*'],
  'renderer/stores': ['renderer/bridge', 'shared', 'npm:*'],
  'renderer/editor': ['renderer/stores', 'shared', 'npm:*'],
  'renderer/canvas': ['renderer/editor', 'renderer/stores', 'shared', 'npm:*'],
  'renderer/actions': ['renderer/editor', 'renderer/stores', 'renderer/bridge', 'shared', 'npm:*'],
  'renderer/ui': ['npm:*'],
  'renderer/workers': ['shared', 'npm:*'],
  'renderer/panels': ['renderer/actions', 'renderer/stores', 'renderer/canvas', 'renderer/ui', 'shared', 'npm:*'],
  'renderer/app': ['renderer', 'shared', 'npm:*'],
};

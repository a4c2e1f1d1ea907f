import type { AddCommand } from '../addCommand.ts';

export const registerInit = (add: AddCommand): void => {
  const { command, run } = add('init', 'make a store (a folder with SQLite in it, or with --config a team’s); an existing one is opened and brought up to date');
  command.argument('[dir]', 'the same as --store');
  run(async ({ output, openApp, pathFrom }, _options, [dir]) => {
    const app = await openApp({ create: true, background: false, ...(typeof dir === 'string' ? { storeDir: pathFrom(dir) } : {}) });
    const health = await app.services.store.health();
    const location = app.config.store.kind === 'sqlite' ? app.config.storeDir : app.services.store.location;
    output.answer({ store: location, created: app.created, schema_version: health.schemaVersion }, `${app.created ? 'Made' : 'Opened'} the store ${location}`);
  });
};

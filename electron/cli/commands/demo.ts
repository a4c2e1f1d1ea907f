import { fillWithDemo } from '../../app/demo.ts';
import { megabytes } from '../text.ts';
import type { AddCommand } from '../addCommand.ts';

export const registerDemo = (add: AddCommand): void => {
  const { run } = add('demo', 'make the demo store: real product photos and keyframes composed from them, true masks known');
  run(async ({ output, openApp, signal }) => {
    const app = await openApp({ create: true, background: false });
    let lastShown = '';
    const { outcome, pictures } = await fillWithDemo(app, {
      signal,
      onProgress: (step) => {
        const text =
          step.kind === 'picture'
            ? `Demo: picture ${step.done} of ${step.total}`
            : `Demo: ${step.package} ${Math.floor(step.receivedBytes / 5e6) * 5} MB${step.totalBytes === null ? '' : ` of ${megabytes(step.totalBytes)}`}`;
        if (text !== lastShown) output.progress(text);
        lastShown = text;
      },
    });
    const text = outcome === 'made' ? `Made the demo store with ${pictures} pictures in ${app.config.storeDir}` : `The demo store is in ${app.config.storeDir}`;
    output.answer({ store: app.config.storeDir, created: outcome === 'made', pictures }, text);
  });
};

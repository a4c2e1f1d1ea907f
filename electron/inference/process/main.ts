import { leaveSignalsToParent } from '../../base/leaveSignalsToParent.ts';
import type { InferenceResponse } from '../protocol.ts';
import { serveInference } from './serve.ts';

/**
 * Entry of the inference process. As an Electron utility process it is handed a MessagePort to the core in its parent's first message;
 * as a forked Node process it talks over the fork's own channel.
 */
interface MainPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: InferenceResponse): void;
  start(): void;
}
interface ParentPort {
  on(event: 'message', listener: (event: { readonly ports: readonly MainPort[] }) => void): unknown;
}

leaveSignalsToParent();
const parentPort = (process as NodeJS.Process & { readonly parentPort?: ParentPort }).parentPort;

if (parentPort !== undefined && parentPort !== null) {
  parentPort.on('message', ({ ports: [port] }) => {
    if (port === undefined) return;
    const receive = serveInference((response) => port.postMessage(response));
    port.on('message', (event) => receive(event.data));
    // The core is gone: nobody waits for what is computed here.
    port.on('close', () => process.exit(0));
    port.start();
  });
} else if (process.send !== undefined) {
  const receive = serveInference((response) => process.send?.(response));
  process.on('message', receive);
  process.on('disconnect', () => process.exit(0));
} else {
  process.stderr.write('This is the inference process; Maskdesk starts it by itself.\n');
  process.exitCode = 2;
}

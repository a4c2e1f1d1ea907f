import { setPriority } from 'node:os';
import { leaveSignalsToParent } from '../../base/leaveSignalsToParent.ts';
import type { DecoderResponse } from '../../../shared/contracts/decoding/messages.ts';
import type { InferenceResponse } from '../protocol.ts';
import { backgroundNiceness, inferenceRoles, roleArgument, type InferenceRole } from '../role.ts';
import { serveInference } from './serve.ts';

/**
 * Entry of the inference process. As an Electron utility process it is handed a MessagePort to the core in its parent's first message and
 * one to a window in each later one; as a forked Node process it talks over the fork's own channel and knows no windows.
 */
interface MainPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: InferenceResponse | DecoderResponse): void;
  start(): void;
}
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: { readonly kind: 'port' | 'client' }; readonly ports: readonly MainPort[] }) => void): unknown;
}

const role: InferenceRole = inferenceRoles.find((name) => process.argv.includes(`${roleArgument}${name}`)) ?? 'background';

leaveSignalsToParent();
if (role === 'background') {
  try {
    setPriority(backgroundNiceness);
  } catch (error) {
    // Some containers and policies forbid it: then it competes with the prompts like any process.
    process.stderr.write(`The inference process keeps its priority: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
const { parentPort } = process as unknown as { readonly parentPort?: ParentPort | null };

if (parentPort !== undefined && parentPort !== null) {
  let server: ReturnType<typeof serveInference> | null = null;
  parentPort.on('message', ({ data, ports: [port] }) => {
    if (port === undefined) return;
    if (data.kind === 'client') {
      const client = server?.connect({ post: (response) => port.postMessage(response) });
      port.on('message', (event) => client?.receive(event.data));
      port.on('close', () => client?.gone());
    } else {
      const core = serveInference((response) => port.postMessage(response));
      server = core;
      port.on('message', (event) => core.receive(event.data));
      // The core is gone: nobody waits for what is computed here.
      port.on('close', () => process.exit(0));
    }
    port.start();
  });
} else if (process.send !== undefined) {
  const server = serveInference((response) => process.send?.(response));
  process.on('message', (message) => server.receive(message));
  process.on('disconnect', () => process.exit(0));
} else {
  process.stderr.write('This is the inference process; Maskdesk starts it by itself.\n');
  process.exitCode = 2;
}

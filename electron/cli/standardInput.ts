import { Readable } from 'node:stream';
import { z } from 'zod';

/** Electron's, as far as it is used here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** What main answers (electron/main/cliHost.ts): the next bytes; null at the end. */
const inputSchema = z.object({ kind: z.literal('input'), bytes: z.instanceof(Uint8Array).nullable() });

/** The packaged app's command line runs in a utility process, which has no stdin: main is asked for it, a piece at a time. */
const inputOfMain = (parentPort: ParentPort): Readable => {
  const stream = new Readable({ read: () => parentPort.postMessage({ kind: 'readInput' }) });
  parentPort.on('message', ({ data }) => {
    const answer = inputSchema.safeParse(data);
    if (answer.success) stream.push(answer.data.bytes);
  });
  return stream;
};

export const standardInput = (): Readable => {
  const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort | null };
  return parentPort == null ? process.stdin : inputOfMain(parentPort);
};

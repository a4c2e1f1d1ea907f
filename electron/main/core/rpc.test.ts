import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApp, type App } from '../../app/createApp.ts';
import { loadConfig } from '../../app/config.ts';
import { createPortServer } from '../../handlers/index.ts';
import { floatArraySerializer } from '../../../shared/contracts/rpc/floatArrays.ts';
import type { Contract } from '../../../shared/contracts/rpc/index.ts';
import { asId, type AssetId, type ModelId } from '../../../shared/domain/ids.ts';
import { decodeError, type ErrorWire } from '../../../shared/errors/codec.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

/** The contract over a real message port and the real services. */
let folder: string;
let app: App;
let client: ContractRouterClient<Contract>;
let channel: MessageChannel;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-rpc-'));
  app = await createApp(await loadConfig({ storeDir: join(folder, 'store'), create: true, reviewer: 'ana', background: false }));
  channel = new MessageChannel();
  createPortServer(app.services, { choosePath: async () => folder, showInFolder: () => undefined })(channel.port1);
  client = createORPCClient(new RPCLink({ port: channel.port2, customJsonSerializers: [floatArraySerializer] }));
});
afterEach(async () => {
  channel.port2.close();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a call fails with, as the renderer decodes it. */
const failureOf = async (call: Promise<unknown>): Promise<Error> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof ORPCError) return decodeError(error.data as ErrorWire);
    throw error;
  }
  throw new Error('the call was expected to fail');
};

const nobody = { kind: 'keyframe', id: asId<AssetId>('nobody') } as const;

describe('the contract over a port', () => {
  test('answers from the store', async () => {
    expect(await client.app.info()).toMatchObject({ reviewer: 'ana', isDemo: false });
    expect(await client.queue.list({ limit: 10 })).toEqual({ assets: [], nextCursor: null });
    await client.app.setPreference({ key: 'theme', value: 'light' });
    expect(await client.app.getPreference({ key: 'theme' })).toBe('light');
    expect(await client.app.getPreference({ key: 'other' })).toBeNull();
  });

  test('carries an error with its class, code and sentence', async () => {
    const error = await failureOf(client.queue.context({ asset: nobody }));
    expect(error).toBeInstanceOf(ExpectedError);
    expect(error).toMatchObject({ code: 'not_found', message: expect.stringContaining('nobody') as string });
  });

  test('refuses input that is not in the contract, saying where', async () => {
    const error = await failureOf(client.queue.list({ limit: 100_000 }));
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('limit') as string });
  });

  test('carries an error that comes inside a stream', async () => {
    const run = async (): Promise<void> => {
      for await (const _step of await client.imports.run({ folderToken: 'not given out', kind: 'products' }));
    };
    expect(await failureOf(run())).toMatchObject({ code: 'not_found' });
    const pull = async (): Promise<void> => {
      for await (const _step of await client.models.pull({ modelId: asId<ModelId>('nothing') }));
    };
    expect(await failureOf(pull())).toMatchObject({ code: 'model_unknown' });
  });

  test('gives a token for a folder, never the path, and imports by it', async () => {
    const chosen = await client.imports.chooseFolder();
    expect(JSON.stringify(chosen)).not.toContain(join(folder, 'store'));
    expect(chosen?.folderToken).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('streams what happens, and stops listening when the client goes away', async () => {
    const { events } = app.services;
    const listen = events.listen.bind(events);
    const listeners = { now: 0 };
    vi.spyOn(events, 'listen').mockImplementation((listener) => {
      const stop = listen(listener);
      listeners.now++;
      return () => {
        listeners.now--;
        return stop();
      };
    });
    const stream = await client.app.events();
    const first = stream.next();
    await expect.poll(() => listeners.now).toBe(1);
    events.notice('info', 'hello');
    expect((await first).value).toMatchObject({ kind: 'notice', message: 'hello' });

    channel.port2.close();
    await expect.poll(() => listeners.now).toBe(0);
  });
});

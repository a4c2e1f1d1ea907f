import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InferenceHost, InferenceJob } from './inferenceHost.ts';
import type { InferenceLauncher } from './launcher.ts';
import { childProcessLauncher } from './launchers/childProcess.ts';
import { createSessionHost, type SessionHostOptions } from './sessionHost.ts';
import { halfPrecisionIdentity, slowModel } from './testing/onnxWriter.ts';

let folder: string;
const hosts: InferenceHost[] = [];
const pids = new Set<number>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-host-'));
  await writeFile(join(folder, 'slow.onnx'), slowModel(12));
  await writeFile(join(folder, 'half.onnx'), halfPrecisionIdentity(3));
  await writeFile(join(folder, 'broken.onnx'), 'this is no model');
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
  pids.clear();
});
afterAll(() => rm(folder, { recursive: true }));

const makeHost = (options: Partial<SessionHostOptions> = {}): InferenceHost => {
  const host = createSessionHost({ launcher: childProcessLauncher(), threads: 2, executionProviders: [], restartDelayMs: 10, ...options });
  hosts.push(host);
  return host;
};
/** Zeros of size side x side multiplied twelve times: side 1200 takes about half a second. */
const slowJob = (sidePx: number): InferenceJob => ({
  model: { path: join(folder, 'slow.onnx') },
  feeds: [{ name: 'shape', tensor: { type: 'int64', dims: [2], data: BigInt64Array.of(BigInt(sidePx), BigInt(sidePx)) } }],
  fetches: null,
});
const runningPid = async (host: InferenceHost): Promise<number> => {
  for (;;) {
    const { pid } = host.status();
    if (pid !== null) {
      pids.add(pid);
      return pid;
    }
    await sleep(5);
  }
};

describe('session host', () => {
  it('runs jobs in another process and says which provider did', async () => {
    const host = makeHost();
    const answer = await host.run(slowJob(8));
    expect(answer.outputs[0]?.data).toEqual(BigInt64Array.of(8n, 8n));
    expect(answer.executionProvider).toBe('cpu');
    expect(host.status()).toMatchObject({ executionProvider: 'cpu', pending: 0, restarts: 0 });
    expect(await runningPid(host)).not.toBe(process.pid);
  });

  it('feeds half-precision models with float32', async () => {
    const answer = await makeHost().run({
      model: { path: join(folder, 'half.onnx') },
      feeds: [{ name: null, tensor: { type: 'float32', dims: [3], data: Float32Array.of(0.5, -2, 0.1) } }],
      fetches: ['y'],
    });
    const values = [...(answer.outputs[0]?.data as Float32Array)];
    expect(values.slice(0, 2)).toEqual([0.5, -2]);
    expect(values[2]).toBeCloseTo(0.1, 3);
  });

  it('finishes a job whose process was killed in the middle of it', async () => {
    const notices: string[] = [];
    const host = makeHost({ onNotice: (notice) => notices.push(notice) });
    await host.load({ path: join(folder, 'slow.onnx') });
    const job = host.run(slowJob(1500));
    await sleep(150);
    const victim = await runningPid(host);
    expect(host.status().pending).toBe(1);
    process.kill(victim, 'SIGKILL');
    expect((await job).outputs[0]?.data).toEqual(BigInt64Array.of(1500n, 1500n));
    expect(host.status().restarts).toBe(1);
    expect(await runningPid(host)).not.toBe(victim);
    expect(notices.join()).toContain('SIGKILL');
  });

  it('gives a job up after three deaths, and does the next one', async () => {
    let deadly = true;
    let starts = 0;
    const real = childProcessLauncher();
    const launcher: InferenceLauncher = {
      start: async (role) => {
        starts++;
        const channel = await real.start(role);
        if (!deadly) return channel;
        return { ...channel, post: (request) => { channel.post(request); void channel.kill(); } };
      },
    };
    const host = makeHost({ launcher });
    await expect(host.run(slowJob(1500))).rejects.toMatchObject({ code: 'inference_crashed', details: { attempts: { length: 3 } } });
    expect(starts).toBe(3);
    deadly = false;
    expect((await host.run(slowJob(4))).executionProvider).toBe('cpu');
  });

  it('replaces a process that answers nonsense', async () => {
    let first = true;
    const real = childProcessLauncher();
    const launcher: InferenceLauncher = {
      start: async (role) => {
        const channel = await real.start(role);
        if (!first) return channel;
        first = false;
        return { ...channel, onMessage: (listener) => channel.onMessage(() => listener({ kind: 'poem' })) };
      },
    };
    const host = makeHost({ launcher });
    expect((await host.run(slowJob(4))).outputs[0]?.data).toEqual(BigInt64Array.of(4n, 4n));
    expect(host.status().restarts).toBe(1);
  });

  it('ends a process that does not answer in time', async () => {
    const host = makeHost({ jobTimeoutMs: 400 });
    await expect(host.run(slowJob(4000))).rejects.toMatchObject({ code: 'inference_crashed', message: expect.stringContaining('no answer within') as string });
  });

  it('tells out of memory from other failures and goes on', async () => {
    const notices: string[] = [];
    const host = makeHost({ onNotice: (notice) => notices.push(notice) });
    await expect(host.run(slowJob(3_000_000))).rejects.toMatchObject({ code: 'out_of_memory', details: { attempts: { length: 2 } } });
    expect(notices.join()).toContain('memory');
    expect((await host.run(slowJob(4))).outputs).toHaveLength(1);
    expect(host.status().restarts).toBe(0);
  });

  it('reports what a person can act on when the model or its input is wrong', async () => {
    const host = makeHost();
    await expect(host.run({ ...slowJob(4), model: { path: join(folder, 'broken.onnx') } })).rejects.toMatchObject({ code: 'model_corrupt' });
    await expect(host.run({ ...slowJob(4), fetches: ['nothing'] })).rejects.toMatchObject({ code: 'inference_failed', message: expect.stringContaining('size') as string });
  });

  it('falls back to the CPU with a notice when a provider fails', async () => {
    const notices: string[] = [];
    // No build of the runtime for one platform has them all: at least one of these fails everywhere.
    const host = makeHost({ executionProviders: process.platform === 'darwin' ? ['cuda'] : ['coreml'], onNotice: (notice) => notices.push(notice) });
    expect((await host.run(slowJob(4))).executionProvider).toBe('cpu');
    expect(notices).toHaveLength(1);
  });

  it('drops the answer of a cancelled job and never starts a waiting one', async () => {
    const host = makeHost();
    await host.load({ path: join(folder, 'slow.onnx') });
    const running = new AbortController();
    const waiting = new AbortController();
    const first = host.run(slowJob(1500), { signal: running.signal });
    const second = host.run(slowJob(1500), { signal: waiting.signal });
    const third = host.run(slowJob(4));
    waiting.abort();
    await expect(second).rejects.toMatchObject({ kind: 'cancelled' });
    await sleep(50);
    running.abort();
    await expect(first).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await third).outputs[0]?.data).toEqual(BigInt64Array.of(4n, 4n));
    await expect(host.run(slowJob(4), { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('does first what somebody waits for, and last what is only for later', async () => {
    const host = makeHost();
    const done: string[] = [];
    const noted = (name: string, priority?: 'now' | 'idle') => host.run(slowJob(4), { priority }).then(() => done.push(name));
    const first = host.run(slowJob(800));
    await Promise.all([first, noted('later', 'idle'), noted('normal 1'), noted('now 1', 'now'), noted('normal 2'), noted('now 2', 'now')]);
    expect(done).toEqual(['now 1', 'now 2', 'normal 1', 'normal 2', 'later']);
  });

  it('gives every output where all are asked for', async () => {
    const { outputNames, outputs } = await makeHost().run({ ...slowJob(3), fetches: 'all' });
    expect(outputNames).toEqual(['size', 'm12']);
    expect(outputs.map(({ dims }) => dims)).toEqual([[2], [3, 3]]);
  });

  it('leaves no process behind and cancels what is in hand when it closes', async () => {
    const host = makeHost();
    await host.load({ path: join(folder, 'slow.onnx') });
    const job = host.run(slowJob(1500));
    const waiting = host.run(slowJob(4));
    const outcomes = Promise.allSettled([job, waiting]);
    await runningPid(host);
    await host.dispose();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(host.run(slowJob(4))).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

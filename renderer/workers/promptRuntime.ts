import type { Env, InferenceSession, TensorConstructor } from 'onnxruntime-web';
import asyncifyGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { WindowExecution } from './promptDecoderProtocol.ts';

/** ONNX Runtime in the browser, as this machine can run it. */
export interface PromptRuntime {
  readonly execution: WindowExecution;
  readonly Tensor: TensorConstructor;
  load(model: Uint8Array): Promise<InferenceSession>;
}

interface Ort {
  readonly env: Env;
  readonly Tensor: TensorConstructor;
  readonly InferenceSession: { create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession> };
}

/** The decoders are small: beyond four threads they wait for each other longer than they compute. One is left to the page, where there are more than two. */
const threadCount = (): number => {
  // Without isolation there is no shared memory, and so no threads.
  if (!crossOriginIsolated) return 1;
  const cores = navigator.hardwareConcurrency;
  return Math.max(1, Math.min(4, cores <= 2 ? cores : cores - 1));
};

/** A software adapter counts as none: it is slower than the CPU's own way. */
const hasGpu = async (): Promise<boolean> => {
  const gpu = (navigator as { readonly gpu?: { requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null> } }).gpu;
  if (gpu === undefined) return false;
  const adapter = await gpu.requestAdapter();
  return adapter !== null && adapter.info?.isFallbackAdapter !== true;
};

const runtimeOf = (ort: Ort, execution: WindowExecution, wasmPaths: { readonly mjs: string; readonly wasm: string }): PromptRuntime => {
  ort.env.wasm.numThreads = threadCount();
  // Addresses of our own files: nothing is looked up beside the script, and nothing leaves the machine.
  ort.env.wasm.wasmPaths = { mjs: new URL(wasmPaths.mjs, location.href).href, wasm: new URL(wasmPaths.wasm, location.href).href };
  ort.env.logLevel = 'error';
  return {
    execution,
    Tensor: ort.Tensor,
    load: (model) => ort.InferenceSession.create(model, { executionProviders: [execution], graphOptimizationLevel: 'all', executionMode: 'sequential' }),
  };
};

/** WebGPU where there is a graphics card, else SIMD-threaded wasm. Only the one that is taken is fetched. */
export const openPromptRuntime = async (): Promise<PromptRuntime> =>
  (await hasGpu())
    ? runtimeOf(await import('onnxruntime-web/webgpu'), 'webgpu', { mjs: asyncifyGlueUrl, wasm: asyncifyWasmUrl })
    : runtimeOf(await import('onnxruntime-web/wasm'), 'wasm', { mjs: glueUrl, wasm: wasmUrl });

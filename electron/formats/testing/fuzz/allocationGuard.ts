const guarded = ['Uint8Array', 'Uint8ClampedArray', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'ArrayBuffer'] as const;

type Constructor = new (...args: unknown[]) => object;

/**
 * Notes and refuses every array of bytes or numbers larger than that, while `work` runs: nothing is allocated by what a file merely claims.
 * @throws what `work` throws; Error for an allocation, also where `work` swallowed it
 */
export const withAllocationLimit = async <T>(maxBytes: number, work: () => Promise<T>): Promise<T> => {
  const world = globalThis as unknown as Record<string, Constructor>;
  const originals = guarded.map((name) => [name, world[name] as Constructor] as const);
  const tooLarge: Error[] = [];
  for (const [name, original] of originals) {
    const bytesEach = (original as unknown as { readonly BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
    const proxy: Constructor = new Proxy(original, {
      construct: (target, args: unknown[], newTarget) => {
        const wanted = typeof args[0] === 'number' ? args[0] * bytesEach : 0;
        if (wanted > maxBytes) {
          const error = new Error(`${name} of ${wanted} bytes; at most ${maxBytes} are in order.`);
          tooLarge.push(error);
          throw error;
        }
        return Reflect.construct(target, args, newTarget === proxy ? target : newTarget) as object;
      },
    });
    world[name] = proxy;
  }
  try {
    const result = await work();
    if (tooLarge[0] !== undefined) throw tooLarge[0];
    return result;
  } catch (error) {
    throw tooLarge[0] ?? error;
  } finally {
    for (const [name, original] of originals) world[name] = original;
  }
};

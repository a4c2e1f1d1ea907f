/** A 100 MP mask of pure noise is 100 MB as runs; real ones are some tens of kB. */
export const largestBodyBytes = 128 * 1024 * 1024;

/** Reads a request's body up to a limit. Null when it is longer: the rest is not read. */
export const readLimited = async (body: ReadableStream<Uint8Array> | null, limitBytes: number): Promise<Uint8Array | null> => {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limitBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
};

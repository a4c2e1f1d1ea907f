/**
 * Float32 values inside messages, which are JSON otherwise: base64 of their bytes (little endian). For the few that go this way (a prompt that the core
 * answers for a window without a decoder); pictures and masks have routes of their own. Both ends of the contract are given this.
 */
export const floatArraySerializer = {
  /** Any number above the library's own. */
  type: 32,
  condition: (value: unknown): boolean => value instanceof Float32Array,
  serialize: (value: unknown): string => {
    const { buffer, byteOffset, byteLength } = value as Float32Array;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    let text = '';
    // By parts: a call has a limit of arguments.
    for (let start = 0; start < bytes.length; start += 8192) text += String.fromCharCode(...bytes.subarray(start, start + 8192));
    return btoa(text);
  },
  deserialize: (value: unknown): Float32Array => {
    if (typeof value !== 'string') throw new RangeError('float values are base64');
    const text = atob(value);
    if (text.length % 4 !== 0) throw new RangeError('float values are four bytes each');
    return new Float32Array(Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer);
  },
};

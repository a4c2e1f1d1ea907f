/** Whether a WebP holds lossless pixels: its first picture is a `VP8L` chunk (RFC 9649, also inside an animation's first frame). */
export const webpIsLossless = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const type = String.fromCharCode(...bytes.subarray(offset, offset + 4));
    if (type === 'VP8L') return true;
    if (type === 'VP8 ') return false;
    const size = view.getUint32(offset + 4, true);
    // A frame's header is 16 bytes, its picture chunks follow.
    offset += type === 'ANMF' ? 8 + 16 : 8 + size + (size & 1);
  }
  return false;
};

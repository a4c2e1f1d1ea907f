/** Blurs one channel in place by three box passes each way, close to a Gaussian of that radius; the border repeats. */
export const blur = (data: Float32Array, widthPx: number, heightPx: number, radiusPx: number): void => {
  const radius = Math.round(radiusPx / 1.7);
  if (radius < 1) return;
  const line = new Float32Array(Math.max(widthPx, heightPx));
  const pass = (start: number, step: number, count: number): void => {
    for (let index = 0; index < count; index++) line[index] = data[start + index * step] as number;
    const at = (index: number): number => line[Math.min(count - 1, Math.max(0, index))] as number;
    let sum = 0;
    for (let index = -radius; index <= radius; index++) sum += at(index);
    for (let index = 0; index < count; index++) {
      data[start + index * step] = sum / (2 * radius + 1);
      sum += at(index + radius + 1) - at(index - radius);
    }
  };
  for (let round = 0; round < 3; round++) {
    for (let y = 0; y < heightPx; y++) pass(y * widthPx, 1, widthPx);
    for (let x = 0; x < widthPx; x++) pass(x, widthPx, heightPx);
  }
};

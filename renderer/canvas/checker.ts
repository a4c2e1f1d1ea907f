const squareViewPx = 8;

/** The ground that tells people: nothing is here. Neutral and of middle brightness, so that dark and light products both stand out. */
export const checkerPattern = (context: CanvasRenderingContext2D, devicePixelRatio: number): CanvasPattern | null => {
  const sidePx = Math.round(squareViewPx * devicePixelRatio);
  const canvas = new OffscreenCanvas(sidePx * 2, sidePx * 2);
  const pattern = canvas.getContext('2d');
  if (pattern === null) return null;
  pattern.fillStyle = '#8a8d91';
  pattern.fillRect(0, 0, sidePx * 2, sidePx * 2);
  pattern.fillStyle = '#a3a6aa';
  pattern.fillRect(0, 0, sidePx, sidePx);
  pattern.fillRect(sidePx, sidePx, sidePx, sidePx);
  return context.createPattern(canvas, 'repeat');
};

import type { Page } from 'playwright';
import type { Box } from './pointer.ts';

/**
 * The floor: an empty canvas over the desk's own, of the same size, that draws a line from event to event and, at Ctrl+Z, itself again without its last
 * line. Same window, same events, nothing else.
 */
const inPage = ({ x, y, width, height }: Box): void => {
  const canvas = document.createElement('canvas');
  canvas.id = 'bare-canvas';
  canvas.width = width;
  canvas.height = height;
  Object.assign(canvas.style, { position: 'fixed', left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px`, zIndex: '10000', touchAction: 'none' });
  document.body.append(canvas);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.lineWidth = 24;
  context.lineCap = 'round';
  context.strokeStyle = 'rgb(34 199 214 / 0.9)';
  const strokes: [number, number][][] = [];
  const undone: [number, number][][] = [];
  let isDown = false;
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    isDown = true;
    strokes.push([[event.clientX - x, event.clientY - y]]);
  });
  const lineTo = (event: PointerEvent): void => {
    const stroke = strokes.at(-1);
    const from = stroke?.at(-1);
    if (!isDown || stroke === undefined || from === undefined) return;
    context.beginPath();
    context.moveTo(...from);
    for (const each of event.type === 'pointermove' ? event.getCoalescedEvents() : [event]) {
      const place: [number, number] = [each.clientX - x, each.clientY - y];
      context.lineTo(...place);
      stroke.push(place);
    }
    context.stroke();
  };
  canvas.addEventListener('pointermove', lineTo);
  canvas.addEventListener('pointerup', (event) => {
    lineTo(event);
    isDown = false;
  });
  const onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'y') {
      const stroke = undone.pop();
      if (stroke !== undefined) strokes.push(stroke);
    } else if (event.key === 'z') {
      const stroke = strokes.pop();
      if (stroke !== undefined) undone.push(stroke);
    } else return;

    context.clearRect(0, 0, width, height);
    for (const stroke of strokes) {
      context.beginPath();
      for (const place of stroke) context.lineTo(...place);
      context.stroke();
    }
  };
  window.addEventListener('keydown', onKey, { capture: true });
  canvas.addEventListener('bare-end', () => {
    window.removeEventListener('keydown', onKey, { capture: true });
    canvas.remove();
  });
};

export const showBareCanvas = (page: Page, box: Box): Promise<void> => page.evaluate(inPage, box);
export const removeBareCanvas = (page: Page): Promise<void> =>
  page.evaluate(() => void document.getElementById('bare-canvas')?.dispatchEvent(new Event('bare-end')));

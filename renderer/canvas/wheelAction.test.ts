import { expect, it } from 'vitest';
import { WheelDevice, wheelActionOf, type WheelInput } from './wheelAction.ts';

const wheel = (input: Partial<WheelInput>) =>
  wheelActionOf({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isNotch: false, ...input });

it('zooms with Ctrl or Cmd, in when turned away, and there and back is no change', () => {
  const zoomIn = wheel({ deltaY: -100, ctrlKey: true });
  const zoomOut = wheel({ deltaY: 100, metaKey: true });
  if (zoomIn?.kind !== 'zoom' || zoomOut?.kind !== 'zoom') throw new Error('Not a zoom');
  expect(zoomIn.factor).toBeGreaterThan(1);
  expect(zoomIn.factor * zoomOut.factor).toBeCloseTo(1, 12);
  const lines = wheel({ deltaY: -3, deltaMode: 1, ctrlKey: true });
  expect(lines?.kind === 'zoom' && lines.factor > 1.1 && lines.factor < 2).toBe(true);
});

it('changes the brush with Alt, larger when turned away', () => {
  expect(wheel({ deltaY: -100, altKey: true })).toEqual({ kind: 'size', direction: 1 });
  expect(wheel({ deltaY: 100, altKey: true })).toEqual({ kind: 'size', direction: -1 });
});

it('zooms with a mouse’s wheel, which pans sideways with Shift', () => {
  expect(wheel({ deltaY: -100, isNotch: true })?.kind).toBe('zoom');
  expect(wheel({ deltaY: 100, isNotch: true, shiftKey: true })).toEqual({ kind: 'pan', dxViewPx: -100, dyViewPx: 0 });
  expect(wheel({ deltaY: 100, isNotch: true, altKey: true })?.kind).toBe('size');
});

it('tells a wheel from fingers, also where a flick passes a whole notch', () => {
  const device = new WheelDevice();
  const at = (timeStamp: number, wheelDeltaY: number) => device.isNotch({ deltaMode: 0, timeStamp, wheelDeltaX: 0, wheelDeltaY });
  expect(at(0, -120)).toBe(true);
  expect(at(10, 240)).toBe(true);
  expect(at(1000, -12)).toBe(false);
  expect(at(1016, -120)).toBe(false);
  expect(at(1400, -120)).toBe(false);
  expect(at(2000, -120)).toBe(true);
});

it('pans otherwise, sideways with Shift', () => {
  expect(wheel({ deltaX: 5, deltaY: 40 })).toEqual({ kind: 'pan', dxViewPx: -5, dyViewPx: -40 });
  expect(wheel({ deltaY: 40, shiftKey: true })).toEqual({ kind: 'pan', dxViewPx: -40, dyViewPx: 0 });
  expect(wheel({})).toBeNull();
});

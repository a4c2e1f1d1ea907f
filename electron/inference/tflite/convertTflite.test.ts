import { expect, it } from 'vitest';
import { convertTflite } from './convertTflite.ts';

it('refuses what is no TFLite model, and says so', () => {
  expect(() => convertTflite(new Uint8Array(64))).toThrow('no TFLite file');
  expect(() => convertTflite(new Uint8Array())).toThrow('no TFLite file');
  const named = new Uint8Array(64).fill(255);
  named.set([0x54, 0x46, 0x4c, 0x33], 4);
  expect(() => convertTflite(named)).toThrow(expect.objectContaining({ code: 'model_corrupt' }));
});

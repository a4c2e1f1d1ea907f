import { describe, expect, test } from 'vitest';
import { nextTintId, tintIds, tints, type TintId } from './tints.ts';

type Triple = readonly [number, number, number];

/** Full dichromacy, on linear RGB. Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.0. */
const visions: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const linear = (value: number): number => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const apply = (matrix: readonly [Triple, Triple, Triple], [a, b, c]: Triple): Triple => matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;
const toXyz: readonly [Triple, Triple, Triple] = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];

/** CIE 1976 L*a*b*, D65. */
const labOf = (rgb: Triple): Triple => {
  const [x, y, z] = apply(toXyz, rgb.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple);
  const bend = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  const [fx, fy, fz] = [bend(x / 0.9505), bend(y), bend(z / 1.089)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
};

const rgbOf = (id: TintId): Triple => [linear(tints[id].red), linear(tints[id].green), linear(tints[id].blue)];
const distance = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const pairs = tintIds.flatMap((id, index) => tintIds.slice(index + 1).map((other) => [id, other] as const));

describe('mask colours', () => {
  // A difference of 2.3 is just noticeable; ten times that is plain at a glance, also at 35 % over a photo.
  test.each(Object.entries(visions))('are told apart with %s', (_name, matrix) => {
    const distances = pairs.map(([a, b]) => [`${a} and ${b}`, Math.round(distance(labOf(apply(matrix, rgbOf(a))), labOf(apply(matrix, rgbOf(b)))))] as const);
    expect(distances.filter(([, difference]) => difference < 23)).toEqual([]);
  });

  test('come round again', () => {
    let id: TintId = 'cyan';
    const seen = new Set<TintId>();
    for (let step = 0; step < tintIds.length; step++) {
      seen.add(id);
      id = nextTintId(id);
    }
    expect(seen.size).toBe(tintIds.length);
    expect(id).toBe('cyan');
  });
});

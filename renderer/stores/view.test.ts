import { expect, it } from 'vitest';
import { cycleViewMode, useView, viewModes } from './view.ts';

it('the key goes through every view and every ground of the cutout, and comes round', () => {
  useView.setState({ mode: 'overlay', cutoutGround: 'white' });
  const seen: string[] = [];
  for (let press = 0; press < viewModes.length + 2; press++) {
    cycleViewMode();
    const { mode, cutoutGround } = useView.getState();
    seen.push(mode === 'cutout' ? `${mode} ${cutoutGround}` : mode);
  }
  expect(seen).toEqual(['outline', 'cutout checker', 'cutout black', 'cutout white', 'maskOnly', 'matte', 'difference', 'hidden', 'overlay']);
});

import type { FormatOption } from '../../../shared/domain/formatOptions.ts';

/** For tools that know masks beside polygons. */
export const shapesOption: FormatOption = {
  name: 'shapes',
  label: 'Shapes',
  note: 'Masks keep every pixel; polygons can be edited corner by corner, and the choices below are theirs.',
  kind: 'choice',
  choices: [
    { value: 'masks', label: 'Masks' },
    { value: 'polygons', label: 'Polygons' },
  ],
  initial: 'masks',
};

/** Beside {@link shapesOption}: it is for polygons alone. */
export const ofPolygons = (option: FormatOption): FormatOption => ({ ...option, when: { name: shapesOption.name, value: 'polygons' } });

/** For formats that write polygons. */
export const toleranceOption: FormatOption = {
  name: 'tolerance',
  label: 'Simplify outlines by',
  note: 'How far a corner may be from the simplified outline. At 0 every pixel is kept.',
  kind: 'number',
  min: 0,
  max: 50,
  step: 0.25,
  unit: 'px',
  initial: 0,
};

/** For formats whose polygons know no holes. */
export const holesOption: FormatOption = {
  name: 'holes',
  label: 'Holes',
  note: 'A slit without width keeps them wherever pixels are filled by their centres; filled ones are gone, and reported.',
  kind: 'choice',
  choices: [
    { value: 'bridge', label: 'Cut open by a slit' },
    { value: 'fill', label: 'Filled' },
  ],
  initial: 'bridge',
};

import { storeSettings } from '../../storeSettings.ts';
import { setting, type Section } from '../setting.ts';

const { maxMegapixels, maskOrientation } = storeSettings.shape;
const keys = {
  maxMegapixels: setting(maxMegapixels, { about: 'Larger photos are refused.', storeKey: 'maxMegapixels' }),
  maskOrientation: setting(maskOrientation, { about: 'Photos with a rotation tag: masks are for the upright picture (exif) or for the pixels as stored.', storeKey: 'maskOrientation' }),
};

export const picturesSection: Section<typeof keys> = { name: 'pictures', about: 'How photos are read.', keys };

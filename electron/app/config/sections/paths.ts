import { storeSettings } from '../../storeSettings.ts';
import { setting, type Section } from '../setting.ts';

const { pathStyle, pathPrefix, productMaskPath, keyframeMaskPath } = storeSettings.shape;
const keys = {
  style: setting(pathStyle, { about: 'How paths are written into the database and into events; running installations use absolute ones.', storeKey: 'pathStyle' }),
  prefix: setting(pathPrefix, { about: 'Written before each path: where the data root is for the pipeline’s other services, as /app.', storeKey: 'pathPrefix' }),
  productMasks: setting(productMaskPath, { about: 'Stable path of a product image’s mask below the data root; {name} is its id.', storeKey: 'productMaskPath' }),
  keyframeMasks: setting(keyframeMaskPath, { about: 'The same for keyframes.', storeKey: 'keyframeMaskPath' }),
};

const withoutName = (key: string, pattern: string) => (pattern.includes('{name}') ? [] : [{ key, message: `'${pattern}' has no {name}: all masks would be one file` }]);

export const pathsSection: Section<typeof keys> = {
  name: 'paths',
  about: 'What is written into `masked_local_path` and events.',
  keys,
  check: ({ productMasks, keyframeMasks }) => [...withoutName('productMasks', productMasks), ...withoutName('keyframeMasks', keyframeMasks)],
};

import { sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { inBackground } from '../../stores/notices.ts';
import { activePane } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { openSibling } from '../desk/openItem.ts';

const sibling = (step: -1 | 1): Asset | null => {
  const { asset, siblings } = activePane();
  const place = asset === null ? -1 : siblings.findIndex((other) => sameAsset(other, asset));
  return place === -1 ? null : (siblings[place + step] ?? null);
};

const stepAction = (id: string, label: string, key: string, step: -1 | 1): Action => ({
  id,
  label,
  group: 'Moving on',
  keys: [key],
  when: () => sibling(step) !== null,
  run: () => {
    const asset = sibling(step);
    if (asset !== null) inBackground(openSibling(asset));
  },
});

export const nextSibling = stepAction('sibling.next', 'Next picture of this product or video', 'Ctrl+ArrowRight', 1);
export const previousSibling = stepAction('sibling.previous', 'Picture before of this product or video', 'Ctrl+ArrowLeft', -1);

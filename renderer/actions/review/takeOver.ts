import { core } from '../../bridge/core.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { LeaseView } from '../../../shared/contracts/rpc/leases.ts';
import { changingLeases, loadLeases, takenBy, useLeases } from '../../stores/leases.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { activeAsset } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { nextUnreviewed } from '../moving/nextUnreviewed.ts';
import { freshContextOf } from '../desk/contexts.ts';
import { takeItem } from '../desk/holdItems.ts';

const takeOverNow = async ({ kind, id }: AssetRef): Promise<void> => {
  const asset = { kind, id };
  useLeases.setState({ asking: null });
  await changingLeases(() => core().leases.takeOver({ asset }));
  await takeItem(asset);
  await loadLeases();
};

/** Whose unfinished edit would lie beside what is done here: that is asked about first. */
const hasDraftThere = async (asset: AssetRef, { reviewer }: LeaseView): Promise<boolean> => (await freshContextOf(asset)).asset.draftsBy.includes(reviewer);

const start = async (asset: AssetRef, lease: LeaseView): Promise<void> => {
  const key = assetKey(asset);
  if (useLeases.getState().asking !== key && (await hasDraftThere(asset, lease))) return useLeases.setState({ asking: key });
  await takeOverNow(asset);
};

/** Pressed again while it asks, it is meant. */
export const takeOver: Action = {
  id: 'takeOver',
  label: 'Take this item over',
  group: 'Verdict',
  keys: ['Shift+T'],
  when: () => takenBy(activeAsset()) !== undefined,
  whyNot: () => (takenBy(activeAsset()) === undefined ? 'Nobody else has this item.' : null),
  run: () => {
    const asset = activeAsset();
    const lease = takenBy(asset);
    if (asset !== null && lease !== undefined) inBackground(start(asset, lease), 'takeOver');
  },
};

export const leaveItToThem = (): void => useLeases.setState({ asking: null });

/** Said to whoever wants to judge or change what somebody else has. @returns whether somebody has it */
export const tellsTaken = (asset: AssetRef): boolean => {
  const lease = takenBy(asset);
  if (lease === undefined) return false;
  notify({
    level: 'warning',
    topic: 'taken',
    message: `${lease.reviewer} has ${asset.id}. Take it over to judge it, or go on.`,
    lifeMs: 10_000,
    buttons: [
      { label: 'Take over', run: () => inBackground(start(asset, lease), 'takeOver') },
      { label: 'Next', run: nextUnreviewed.run },
    ],
  });
  return true;
};

/** Somebody has taken over what was in hand here. */
export const tellLost = ({ asset, reviewer }: LeaseView, hasWork: boolean): void =>
  void notify({
    level: 'warning',
    topic: 'taken',
    message: `${reviewer} took ${asset.id} over.${hasWork ? ' Your draft is kept.' : ''}`,
    buttons: [{ label: 'Next', run: nextUnreviewed.run }],
    lifeMs: 20_000,
  });

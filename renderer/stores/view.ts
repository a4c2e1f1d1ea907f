import { create } from 'zustand';
import { core } from '../bridge/core.ts';

export const viewModes = ['overlay', 'outline', 'cutout', 'maskOnly', 'matte', 'difference', 'hidden'] as const;
export type ViewMode = (typeof viewModes)[number];

export const viewModeLabels: Readonly<Record<ViewMode, string>> = {
  overlay: 'Overlay',
  outline: 'Outline',
  cutout: 'Cutout',
  maskOnly: 'Mask',
  matte: 'Matte',
  difference: 'Diff',
  hidden: 'Photo',
};

export const cutoutGrounds = ['checker', 'black', 'white'] as const;
export type CutoutGround = (typeof cutoutGrounds)[number];
export const cutoutGroundLabels: Readonly<Record<CutoutGround, string>> = { checker: 'On a checkerboard', black: 'On black', white: 'On white' };

/** What the mask is compared with. Where nothing was approved yet, approved means the revision before. */
export const differenceBases = ['approved', 'previous', 'model'] as const;
export type DifferenceBase = (typeof differenceBases)[number];
export const differenceBaseLabels: Readonly<Record<DifferenceBase, string>> = { approved: 'From the approved version', previous: 'From the version before', model: 'From what the model gave' };

export const onionSkins = ['none', 'previous', 'next'] as const;
export type OnionSkin = (typeof onionSkins)[number];

/** What is kept from day to day; how masks are drawn in both panes. */
interface KeptView {
  readonly mode: ViewMode;
  readonly cutoutGround: CutoutGround;
  readonly differenceBase: DifferenceBase;
  readonly onionSkin: OnionSkin;
}

interface ViewState extends KeptView {
  /** While the key is held: the photo alone, whatever the mode. */
  readonly isHeldHidden: boolean;
  /** While the key is held: the model's mask in place of the one in work. */
  readonly isHeldModel: boolean;
}

export const useView = create<ViewState>(() => ({ mode: 'overlay', cutoutGround: 'checker', differenceBase: 'approved', onionSkin: 'none', isHeldHidden: false, isHeldModel: false }));

const preferenceKey = 'view';

const keep = (): Promise<void> => {
  const { cutoutGround, differenceBase } = useView.getState();
  return core().app.setPreference({ key: preferenceKey, value: { cutoutGround, differenceBase }, scope: 'machine' });
};

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((known) => known === value);

/** The choices within views are kept for this person at this machine; the view itself begins as overlay. What is not known, as from a newer version, is left out. */
export const loadView = async (): Promise<void> => {
  const value = await core().app.getPreference({ key: preferenceKey, scope: 'machine' });
  if (typeof value !== 'object' || value === null) return;
  const kept = value as Record<string, unknown>;
  const cutoutGround = oneOf(cutoutGrounds, kept['cutoutGround']);
  const differenceBase = oneOf(differenceBases, kept['differenceBase']);
  useView.setState({ ...(cutoutGround === undefined ? {} : { cutoutGround }), ...(differenceBase === undefined ? {} : { differenceBase }) });
};

export const setViewMode = (mode: ViewMode): void => useView.setState({ mode });

export const setCutoutGround = (cutoutGround: CutoutGround): Promise<void> => {
  useView.setState({ mode: 'cutout', cutoutGround });
  return keep();
};

export const setDifferenceBase = (differenceBase: DifferenceBase): Promise<void> => {
  useView.setState({ mode: 'difference', differenceBase });
  return keep();
};

export const cycleOnionSkin = (): void =>
  useView.setState(({ onionSkin }) => ({ onionSkin: onionSkins[(onionSkins.indexOf(onionSkin) + 1) % onionSkins.length] ?? 'none' }));

/** Everything that the key goes through: each ground of the cutout is a stop of its own. */
interface Stop {
  readonly mode: ViewMode;
  readonly cutoutGround?: CutoutGround;
}
const stops: readonly Stop[] = viewModes.flatMap((mode): readonly Stop[] => (mode === 'cutout' ? cutoutGrounds.map((cutoutGround) => ({ mode, cutoutGround })) : [{ mode }]));

export const cycleViewMode = (): void =>
  useView.setState(({ mode, cutoutGround }) => {
    const now = stops.findIndex((stop) => stop.mode === mode && (stop.cutoutGround ?? cutoutGround) === cutoutGround);
    return stops[(now + 1) % stops.length] ?? { mode: 'overlay' };
  });
export const holdHidden = (isHeldHidden: boolean): void => useView.setState({ isHeldHidden });
export const holdModel = (isHeldModel: boolean): void => useView.setState({ isHeldModel });

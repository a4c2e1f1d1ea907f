import { create } from 'zustand';

export const viewModes = ['overlay', 'outline', 'cutout', 'maskOnly', 'hidden'] as const;
export type ViewMode = (typeof viewModes)[number];

export const viewModeLabels: Readonly<Record<ViewMode, string>> = {
  overlay: 'Overlay',
  outline: 'Outline',
  cutout: 'Cutout',
  maskOnly: 'Mask',
  hidden: 'Photo',
};

interface ViewState {
  readonly mode: ViewMode;
  /** While the key is held: the photo alone, whatever the mode. */
  readonly isHeldHidden: boolean;
}

/** How masks are drawn, in both panes. */
export const useView = create<ViewState>(() => ({ mode: 'overlay', isHeldHidden: false }));

export const setViewMode = (mode: ViewMode): void => useView.setState({ mode });
export const cycleViewMode = (): void =>
  useView.setState(({ mode }) => ({ mode: viewModes[(viewModes.indexOf(mode) + 1) % viewModes.length] ?? 'overlay' }));
export const holdHidden = (isHeldHidden: boolean): void => useView.setState({ isHeldHidden });

import { create } from 'zustand';

/** What lies under the pointer. */
export interface HoverValue {
  /** The image pixel. */
  readonly xPx: number;
  readonly yPx: number;
  /** 8-bit sRGB of the photo as it is shown; null while it loads. */
  readonly colour: readonly [red: number, green: number, blue: number] | null;
  readonly isInside: boolean;
  /** Soft coverage, 0..1; null where there is none. */
  readonly matte: number | null;
  /** Of the answer to prompts that is shown, 0..1; null where there is none. */
  readonly probability: number | null;
}

interface HoverValues {
  readonly isOn: boolean;
  /** Null: the pointer is over no picture. */
  readonly value: HoverValue | null;
}

/** Only while somebody wants them: reading a pixel of the photo takes a copy. */
export const useHoverValues = create<HoverValues>(() => ({ isOn: false, value: null }));

export const toggleHoverValues = (): void => useHoverValues.setState(({ isOn }) => ({ isOn: !isOn, value: null }));
export const setHoverValue = (value: HoverValue | null): void => {
  if (value !== null || useHoverValues.getState().value !== null) useHoverValues.setState({ value });
};

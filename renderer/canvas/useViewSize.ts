import { useEffect, useState, type RefObject } from 'react';
import type { ViewSize } from '../editor/types.ts';

/** Size of an element and the screen's scale factor, kept up to date; null until it has been measured. */
export const useViewSize = (element: RefObject<HTMLElement | null>): ViewSize | null => {
  const [size, setSize] = useState<ViewSize | null>(null);
  useEffect(() => {
    const measured = element.current;
    if (measured === null) return undefined;
    let scaleQuery: MediaQueryList | null = null;
    const measure = (): void => {
      const { clientWidth, clientHeight } = measured;
      setSize({ widthViewPx: clientWidth, heightViewPx: clientHeight, devicePixelRatio: window.devicePixelRatio });
    };
    // A query holds for one scale factor: another one is needed after each change.
    const watchScale = (): void => {
      scaleQuery?.removeEventListener('change', onScale);
      scaleQuery = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      scaleQuery.addEventListener('change', onScale);
    };
    const onScale = (): void => {
      watchScale();
      measure();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    watchScale();
    measure();
    return () => {
      observer.disconnect();
      scaleQuery?.removeEventListener('change', onScale);
    };
  }, [element]);
  return size;
};

import { useEffect, useRef, type RefObject } from 'react';
import type { Editor } from '../editor/types.ts';
import type { Photo } from '../stores/photo.ts';
import { Loupe } from './loupe.ts';
import type { PainterExtras } from './maskPainter.ts';
import type { ViewOptions } from './viewOptions.ts';

interface LoupeFrameProps {
  readonly editor: Editor;
  readonly photo: Photo | null;
  readonly options: ViewOptions;
  readonly extras: PainterExtras;
  /** Where the canvas tells its pointer to. */
  readonly loupe: RefObject<Loupe | null>;
}

export const LoupeFrame = ({ editor, photo, options, extras, loupe }: LoupeFrameProps) => {
  const frame = useRef<HTMLDivElement>(null);
  const photoCanvas = useRef<HTMLCanvasElement>(null);
  const maskCanvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (frame.current === null || photoCanvas.current === null || maskCanvas.current === null) return undefined;
    const made = new Loupe(editor, { frame: frame.current, photo: photoCanvas.current, mask: maskCanvas.current });
    loupe.current = made;
    return () => {
      loupe.current = null;
      made.dispose();
    };
  }, [editor, loupe]);
  useEffect(() => loupe.current?.show(photo, options), [loupe, editor, photo, options]);
  useEffect(() => loupe.current?.setExtras(extras), [loupe, editor, extras]);
  return (
    <div ref={frame} className="deskCanvas-loupe" data-testid="loupe" aria-hidden="true" hidden>
      <canvas ref={photoCanvas} />
      <canvas ref={maskCanvas} />
    </div>
  );
};

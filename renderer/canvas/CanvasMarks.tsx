import { useLayoutEffect, useRef } from 'react';
import type { Editor } from '../editor/types.ts';
import { imageToViewX, imageToViewY } from '../editor/viewport.ts';

/** A place on the picture that somebody speaks of: a pin, or a frame around it. */
export interface CanvasMark {
  readonly id: string;
  readonly pointImagePx: { readonly xPx: number; readonly yPx: number };
  /** With a size the mark is a frame whose top left is the point, and not a pin. */
  readonly sizeImagePx?: { readonly widthPx: number; readonly heightPx: number };
  /** For assistive tools and on hover. */
  readonly label: string;
  /** In the pin; three characters at most. */
  readonly caption?: string;
  readonly tone: 'accent' | 'warn' | 'bad' | 'ok' | 'quiet';
  readonly isActive: boolean;
}

interface CanvasMarksProps {
  readonly editor: Editor;
  readonly marks: readonly CanvasMark[];
  readonly onMark: ((id: string) => void) | undefined;
}

/** Marks are elements that move with the view: they keep their size at any zoom, and the keyboard reaches them. */
export const CanvasMarks = ({ editor, marks, onMark }: CanvasMarksProps) => {
  const elements = useRef(new Map<string, HTMLElement>());
  useLayoutEffect(() => {
    const place = (): void => {
      const { viewport } = editor;
      for (const { id, pointImagePx, sizeImagePx } of marks) {
        const element = elements.current.get(id);
        if (element === undefined) continue;
        element.hidden = editor.document === null;
        element.style.transform = `translate(${imageToViewX(viewport, pointImagePx.xPx)}px, ${imageToViewY(viewport, pointImagePx.yPx)}px)`;
        if (sizeImagePx === undefined) continue;
        element.style.width = `${sizeImagePx.widthPx * viewport.scale}px`;
        element.style.height = `${sizeImagePx.heightPx * viewport.scale}px`;
      }
    };
    place();
    return editor.subscribe(({ kind }) => {
      if (kind === 'viewport' || kind === 'loaded') place();
    });
  }, [editor, marks]);
  return (
    <div className="canvasMarks">
      {marks.map(({ id, label, caption, tone, isActive, sizeImagePx }) => {
        const keep = (element: HTMLElement | null): void => {
          if (element === null) elements.current.delete(id);
          else elements.current.set(id, element);
        };
        const className = `canvasMark-tone-${tone} ${isActive ? 'canvasMark-active' : ''}`;
        if (sizeImagePx !== undefined) return <div key={id} ref={keep} className={`canvasMark-frame ${className}`} aria-hidden="true" data-mark-id={id} />;
        return (
          <div key={id} ref={keep} className={`canvasMark ${className}`}>
            <button type="button" className="canvasMark-pin" data-canvas-mark="" data-mark-id={id} aria-label={label} aria-pressed={isActive} title={label} onClick={() => onMark?.(id)}>
              <span>{caption ?? ''}</span>
            </button>
          </div>
        );
      })}
    </div>
  );
};

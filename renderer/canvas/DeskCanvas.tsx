import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type Konva from 'konva';
import { Layer, Shape, Stage } from 'react-konva';
import type { Editor } from '../editor/types.ts';
import { attachInput } from './attachInput.ts';
import { BrushRing } from './brushRing.ts';
import './deskCanvas.css';
import { drawPhoto } from './drawPhoto.ts';
import { MaskPainter } from './maskPainter.ts';
import { useViewSize } from './useViewSize.ts';
import type { ViewOptions } from './viewOptions.ts';

export interface DeskCanvasProps {
  readonly editor: Editor;
  /** May be smaller than the image: a preview. Null while it loads. */
  readonly photo: ImageBitmap | null;
  /** Keep the object while nothing in it changes: another object redraws everything. */
  readonly options: ViewOptions;
  /** For assistive tools: what is shown. */
  readonly label: string;
}

/** A context whose units are device pixels whatever Konva has set up; Konva restores it after the drawing. */
const inDevicePx = (context: Konva.Context): CanvasRenderingContext2D => {
  const native = context._context;
  native.setTransform(1, 0, 0, 1, 0, 0);
  return native;
};

/**
 * One pane's picture: the photo, the mask over it, the brush's ring. Pixels go from the engine to canvases by its change events; React
 * renders only for another photo, size or option. Takes the room of its parent and registers no keys.
 */
export const DeskCanvas = memo(function DeskCanvas({ editor, photo, options, label }: DeskCanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const ringElement = useRef<HTMLDivElement>(null);
  const photoLayer = useRef<Konva.Layer>(null);
  const maskLayer = useRef<Konva.Layer>(null);
  const size = useViewSize(container);
  const painter = useMemo(() => new MaskPainter(editor), [editor]);
  const { hasPixelGrid } = options;
  const drawPhotoLayer = useCallback(
    (context: Konva.Context) => drawPhoto(inDevicePx(context), editor, photo, hasPixelGrid),
    [editor, photo, hasPixelGrid],
  );
  const drawMaskLayer = useCallback((context: Konva.Context) => painter.draw(inDevicePx(context), options), [painter, options]);

  useLayoutEffect(() => {
    if (size === null) return;
    for (const layer of [photoLayer.current, maskLayer.current]) {
      // Konva reads the scale factor once, when it is loaded; windows move between screens.
      if (layer !== null && layer.getCanvas().getPixelRatio() !== size.devicePixelRatio) layer.getCanvas().setPixelRatio(size.devicePixelRatio);
      layer?.batchDraw();
    }
    editor.setViewSize(size);
  }, [editor, size]);

  useEffect(() => {
    if (container.current === null || ringElement.current === null) return undefined;
    const ring = new BrushRing(editor, container.current, ringElement.current);
    const endInput = attachInput(container.current, editor, ring);
    const redrawAll = (): void => {
      photoLayer.current?.batchDraw();
      maskLayer.current?.batchDraw();
      ring.refresh();
    };
    const endChanges = editor.subscribe((change) => {
      if (change.kind === 'pixels') {
        painter.invalidate(change.rects);
        maskLayer.current?.batchDraw();
      } else if (change.kind === 'loaded') {
        painter.invalidateAll();
        redrawAll();
      } else if (change.kind === 'viewport') {
        redrawAll();
      } else if (change.kind === 'tool') {
        ring.refresh();
      }
    });
    painter.invalidateAll();
    redrawAll();
    return () => {
      endChanges();
      endInput();
    };
  }, [editor, painter]);

  return (
    <div ref={container} className="deskCanvas" role="img" aria-label={label}>
      {size !== null && size.widthViewPx > 0 && size.heightViewPx > 0 && (
        <Stage className="deskCanvas-stage" width={size.widthViewPx} height={size.heightViewPx} listening={false}>
          <Layer ref={photoLayer} listening={false}>
            <Shape listening={false} perfectDrawEnabled={false} sceneFunc={drawPhotoLayer} />
          </Layer>
          <Layer ref={maskLayer} listening={false} clearBeforeDraw={false}>
            <Shape listening={false} perfectDrawEnabled={false} sceneFunc={drawMaskLayer} />
          </Layer>
        </Stage>
      )}
      <div ref={ringElement} className="deskCanvas-ring" hidden />
    </div>
  );
});

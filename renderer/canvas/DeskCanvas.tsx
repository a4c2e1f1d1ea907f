import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type Konva from 'konva';
import { Layer, Shape, Stage } from 'react-konva';
import type { Editor } from '../editor/types.ts';
import type { Photo } from '../stores/photo.ts';
import { attachInput } from './attachInput.ts';
import { BrushRing } from './brushRing.ts';
import { CanvasMarks, type CanvasMark } from './CanvasMarks.tsx';
import './deskCanvas.css';
import { drawPhoto } from './drawPhoto.ts';
import { LayersPainter, type CanvasLayer } from './layersPainter.ts';
import type { Loupe } from './loupe.ts';
import { LoupeFrame } from './LoupeFrame.tsx';
import { MaskPainter, type PainterExtras } from './maskPainter.ts';
import { drawToolMarks } from './drawToolMarks.ts';
import { documentOf, type MaskShape } from './maskShape.ts';
import { OnionPainter } from './onionPainter.ts';
import { useViewSize } from './useViewSize.ts';
import type { ViewOptions } from './viewOptions.ts';

export interface DeskCanvasProps {
  readonly editor: Editor;
  /** May have fewer pixels than the image: a preview. Null while it loads. */
  readonly photo: Photo | null;
  /** Keep the object while nothing in it changes: another object redraws everything. So it is with the other objects below. */
  readonly options: ViewOptions;
  /** For assistive tools: what is shown. */
  readonly label: string;
  /** Places on the picture; one that is pressed is told to `onMark`. */
  readonly marks?: readonly CanvasMark[];
  readonly onMark?: (id: string) => void;
  /** For the view `difference`: the mask that the shown one is compared with, of the same size. */
  readonly difference?: { readonly base: MaskShape } | null;
  /** A neighbour's mask, as an outline. */
  readonly onion?: MaskShape | null;
  /** Parts of the mask, hatched over it. */
  readonly layers?: readonly CanvasLayer[] | null;
  /** For as long as it is given: shown in place of the editor's mask. */
  readonly instead?: MaskShape | null;
  /** Whether the loupe works here (stores/loupe.ts). */
  readonly hasLoupe?: boolean;
  /** Called in the frame that draws another photo for the first time. */
  readonly onPhotoDrawn?: (photo: Photo) => void;
}

const noMarks: readonly CanvasMark[] = [];

/** A context whose units are device pixels whatever Konva has set up; Konva restores it after the drawing. */
const inDevicePx = (context: Konva.Context): CanvasRenderingContext2D => {
  const native = context._context;
  native.setTransform(1, 0, 0, 1, 0, 0);
  return native;
};

/**
 * One pane's picture: the photo, the mask over it, marks and the brush's ring. Pixels go from the engine to canvases by its change events;
 * React renders only for another photo, size or option. Takes the room of its parent and registers no keys.
 */
export const DeskCanvas = memo(function DeskCanvas(props: DeskCanvasProps) {
  const { editor, photo, options, label, marks = noMarks, onMark, difference = null, onion = null, layers = null, instead = null, hasLoupe = false, onPhotoDrawn } = props;
  const container = useRef<HTMLDivElement>(null);
  const ringElement = useRef<HTMLDivElement>(null);
  const lineElement = useRef<HTMLDivElement>(null);
  const photoLayer = useRef<Konva.Layer>(null);
  const maskLayer = useRef<Konva.Layer>(null);
  const onionLayer = useRef<Konva.Layer>(null);
  const partsLayer = useRef<Konva.Layer>(null);
  const toolLayer = useRef<Konva.Layer>(null);
  const loupe = useRef<Loupe | null>(null);
  const lastDrawn = useRef<Photo | null>(null);
  const size = useViewSize(container);
  const painter = useMemo(() => new MaskPainter(editor), [editor]);
  const insteadPainter = useMemo(() => {
    if (instead === null) return null;
    const document = documentOf(instead);
    return new MaskPainter({
      document,
      mattes: { shown: null },
      get viewport() {
        return editor.viewport;
      },
    });
  }, [editor, instead]);
  const onionPainter = useMemo(() => (onion === null ? null : new OnionPainter(editor, documentOf(onion))), [editor, onion]);
  const layersPainter = useMemo(() => (layers === null || layers.length === 0 ? null : new LayersPainter(editor, layers)), [editor, layers]);
  const { hasPixelGrid, hasHatch, isMaskHidden } = options;
  const drawPhotoLayer = useCallback(
    (context: Konva.Context) => {
      drawPhoto(inDevicePx(context), editor, photo, hasPixelGrid);
      if (photo === null || lastDrawn.current === photo) return;
      lastDrawn.current = photo;
      onPhotoDrawn?.(photo);
    },
    [editor, photo, hasPixelGrid, onPhotoDrawn],
  );
  const drawMaskLayer = useCallback((context: Konva.Context) => (insteadPainter ?? painter).draw(inDevicePx(context), options), [painter, insteadPainter, options]);
  const drawToolLayer = useCallback((context: Konva.Context) => drawToolMarks(inDevicePx(context), editor.viewport, editor.marks), [editor]);
  const drawOnionLayer = useCallback((context: Konva.Context) => onionPainter?.draw(inDevicePx(context)), [onionPainter]);

  const drawPartsLayer = useCallback(
    (context: Konva.Context) => (isMaskHidden ? undefined : layersPainter?.draw(inDevicePx(context), hasHatch)),
    [layersPainter, hasHatch, isMaskHidden],
  );

  useLayoutEffect(() => {
    if (size === null) return;
    for (const layer of [photoLayer.current, maskLayer.current, partsLayer.current, onionLayer.current, toolLayer.current]) {
      // Konva reads the scale factor once, when it is loaded; windows move between screens.
      if (layer !== null && layer.getCanvas().getPixelRatio() !== size.devicePixelRatio) layer.getCanvas().setPixelRatio(size.devicePixelRatio);
      layer?.batchDraw();
    }
    editor.setViewSize(size);
  }, [editor, size, onionPainter, layersPainter]);

  const extras = useMemo<PainterExtras>(() => ({ base: difference === null ? null : documentOf(difference.base) }), [difference]);
  useLayoutEffect(() => {
    painter.setExtras(extras);
    maskLayer.current?.batchDraw();
  }, [painter, extras]);
  useLayoutEffect(() => {
    // They share a canvas: each has to draw all of it when its turn comes.
    if (insteadPainter === null) painter.redraw();
    maskLayer.current?.batchDraw();
  }, [painter, insteadPainter]);

  useEffect(() => {
    if (container.current === null || ringElement.current === null || lineElement.current === null) return undefined;
    const ring = new BrushRing(editor, container.current, ringElement.current, lineElement.current);
    const endInput = attachInput(container.current, editor, ring, (place) => loupe.current?.pointAt(place));
    const redrawAll = (): void => {
      photoLayer.current?.batchDraw();
      maskLayer.current?.batchDraw();
      partsLayer.current?.batchDraw();
      onionLayer.current?.batchDraw();
      toolLayer.current?.batchDraw();
      ring.refresh();
    };
    let hadMarks = false;
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
      } else if (change.kind === 'matte') {
        painter.invalidateMatte();
        maskLayer.current?.batchDraw();
      } else if (change.kind === 'marks') {
        ring.refresh();
        // An empty layer that stays empty is not painted: while brushing there is nothing to show.
        if (editor.marks.length > 0 || hadMarks) toolLayer.current?.batchDraw();
        hadMarks = editor.marks.length > 0;
      }
    });
    painter.setPreview(editor.preview.current);
    const endPreviews = editor.preview.subscribe(() => {
      painter.setPreview(editor.preview.current);
      // At once and not with the next frame: an answer is on screen up to a frame earlier. The way back has time.
      if (editor.preview.current === null) maskLayer.current?.batchDraw();
      else {
        maskLayer.current?.drawScene();
        performance.clearMarks('prompt:drawn');
        performance.mark('prompt:drawn');
      }
    });
    painter.invalidateAll();
    redrawAll();
    return () => {
      endChanges();
      endPreviews();
      endInput();
    };
  }, [editor, painter]);

  return (
    <div ref={container} className="deskCanvas">
      <div className="deskCanvas-picture" role="img" aria-label={label}>
        {size !== null && size.widthViewPx > 0 && size.heightViewPx > 0 && (
          <Stage className="deskCanvas-stage" width={size.widthViewPx} height={size.heightViewPx} listening={false}>
            <Layer ref={photoLayer} listening={false}>
              <Shape listening={false} perfectDrawEnabled={false} sceneFunc={drawPhotoLayer} />
            </Layer>
            <Layer ref={maskLayer} listening={false} clearBeforeDraw={false}>
              <Shape listening={false} perfectDrawEnabled={false} sceneFunc={drawMaskLayer} />
            </Layer>
            {layersPainter !== null && (
              <Layer ref={partsLayer} listening={false}>
                <Shape listening={false} perfectDrawEnabled={false} sceneFunc={drawPartsLayer} />
              </Layer>
            )}
            {onionPainter !== null && (
              <Layer ref={onionLayer} listening={false}>
                <Shape listening={false} perfectDrawEnabled={false} sceneFunc={drawOnionLayer} />
              </Layer>
            )}
            <Layer ref={toolLayer} listening={false}>
              <Shape listening={false} perfectDrawEnabled={false} sceneFunc={drawToolLayer} />
            </Layer>
          </Stage>
        )}
      </div>
      <div ref={lineElement} className="deskCanvas-line" hidden />
      <div ref={ringElement} className="deskCanvas-ring" hidden />
      {hasLoupe && <LoupeFrame editor={editor} photo={photo} options={options} extras={extras} loupe={loupe} />}
      {marks.length > 0 && <CanvasMarks editor={editor} marks={marks} onMark={onMark} />}
    </div>
  );
});

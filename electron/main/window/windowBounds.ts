import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';

const defaultSize = { width: 1440, height: 900 };
export const smallestSize = { width: 1024, height: 640 };

const savedSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(smallestSize.width), height: z.int().min(smallestSize.height) }),
  maximised: z.boolean(),
});
export type SavedWindow = z.infer<typeof savedSchema>;

const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where the window was. Null at the first start, when the file is not ours, or when that screen is gone. */
export const readSavedWindow = (file: string): SavedWindow | null => {
  try {
    const saved = savedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return screen.getAllDisplays().some((display) => overlaps(display.workArea, saved.bounds)) ? saved : null;
  } catch {
    return null; // absent or damaged: a convenience, not worth a word
  }
};

/** Remembers where the window is whenever it comes to rest. */
export const rememberBounds = (window: BrowserWindow, file: string): void => {
  let timer: NodeJS.Timeout | null = null;
  const save = (): void => {
    timer = null;
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    const saved: SavedWindow = { bounds: window.getNormalBounds(), maximised: window.isMaximized() };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(saved));
  };
  const later = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, 400);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', save);
};

/** A size that fits the screen the window opens on. */
export const firstSize = (): { width: number; height: number } => {
  const { workAreaSize } = screen.getPrimaryDisplay();
  return {
    width: Math.max(smallestSize.width, Math.min(defaultSize.width, workAreaSize.width)),
    height: Math.max(smallestSize.height, Math.min(defaultSize.height, workAreaSize.height)),
  };
};

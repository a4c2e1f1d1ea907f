import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { screen, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { fittedBounds } from './fittedBounds.ts';

const defaultSize = { width: 1440, height: 900 };
export const smallestSize = { width: 1024, height: 640 };

const savedSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  maximised: z.boolean(),
  fullScreen: z.boolean().default(false),
  /** Of the page; 1 is as designed. */
  zoomFactor: z.number().min(0.5).max(3).default(1),
});
export type SavedWindow = z.infer<typeof savedSchema>;

/** Where the window was, fitted to the screens of now. Null at the first start, when the file is not ours, or when that screen is gone. */
export const readSavedWindow = (file: string): SavedWindow | null => {
  try {
    const saved = savedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const bounds = fittedBounds(saved.bounds, screen.getAllDisplays().map(({ workArea }) => workArea));
    return bounds === null ? null : { ...saved, bounds };
  } catch {
    return null; // absent or damaged: a convenience, not worth a word
  }
};

/** Remembers where the window is whenever it comes to rest. @returns what saves at once, as after a zoom of the page */
export const rememberBounds = (window: BrowserWindow, file: string): (() => void) => {
  let timer: NodeJS.Timeout | null = null;
  const save = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (window.isDestroyed() || window.isMinimized()) return;
    const saved: SavedWindow = {
      bounds: window.getNormalBounds(),
      maximised: window.isMaximized(),
      fullScreen: window.isFullScreen(),
      zoomFactor: window.webContents.getZoomFactor(),
    };
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
  window.on('enter-full-screen', later);
  window.on('leave-full-screen', later);
  window.on('close', save);
  return save;
};

/** A size that fits the screen the window opens on. */
export const firstSize = (): { width: number; height: number } => {
  const { workAreaSize } = screen.getPrimaryDisplay();
  return {
    width: Math.max(smallestSize.width, Math.min(defaultSize.width, workAreaSize.width)),
    height: Math.max(smallestSize.height, Math.min(defaultSize.height, workAreaSize.height)),
  };
};

import { ipcMain, Menu, type BrowserWindow, type IpcMainEvent } from 'electron';
import { menuModelSchema } from '../../../shared/contracts/host/menu.ts';
import { hostChannels } from '../../../shared/contracts/host/messages.ts';
import type { Logger } from '../../base/logger.ts';
import { menuTemplate } from './menuTemplate.ts';

export interface DeskMenuParts {
  readonly window: BrowserWindow;
  readonly isDevelopment: boolean;
  readonly logger: Logger;
  /** Whether a message is from our page. */
  isOurs(event: IpcMainEvent): boolean;
}

/** Before the page has said what it can do: what the system needs (macOS: without it not even copy and paste work). No key of Electron's default menu. */
export const setFirstMenu = (isDevelopment: boolean): void => {
  const template = process.platform === 'darwin' ? menuTemplate([{ name: 'Edit', groups: [] }], { platform: process.platform, isDevelopment, choose: () => undefined }) : [];
  Menu.setApplicationMenu(template.length === 0 ? null : Menu.buildFromTemplate(template));
};

/**
 * The system's menu, made from the page's actions. On Linux and Windows the bar is hidden until F10: Alt, which shows such bars elsewhere,
 * turns the brush into an eraser here.
 */
export const followPageMenu = (parts: DeskMenuParts): void => {
  const { window, isDevelopment, logger } = parts;
  const choose = (actionId: string): void => {
    if (!window.isDestroyed()) window.webContents.send(hostChannels.menuCommand, actionId);
  };
  let isBarShown = false;
  const showBar = (): void => window.setMenuBarVisibility(isBarShown);
  showBar();
  ipcMain.on(hostChannels.menu, (event, message: unknown) => {
    if (!parts.isOurs(event)) return;
    const model = menuModelSchema.safeParse(message);
    if (!model.success) return logger.error({ err: model.error }, 'the page sent a menu that is none');
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(model.data, { platform: process.platform, isDevelopment, choose })));
    showBar();
  });
  ipcMain.on(hostChannels.toggleMenuBar, (event) => {
    if (!parts.isOurs(event) || process.platform === 'darwin') return;
    isBarShown = !isBarShown;
    showBar();
  });
};

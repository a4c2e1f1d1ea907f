import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * The desk's own bar, keys and help hold its actions. A menu is set where the system expects one (macOS: without it not even copy and
 * paste work in fields), and in development for reload and the inspector; elsewhere there is none, so that no key of Electron's default
 * menu gets between the reviewer and the desk.
 */
export const setMenu = (development: boolean): void => {
  const template: MenuItemConstructorOptions[] = [];
  if (process.platform === 'darwin') template.push({ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' });
  if (development) template.push({ label: 'Development', submenu: [{ role: 'forceReload' }, { role: 'toggleDevTools' }] });
  Menu.setApplicationMenu(template.length === 0 ? null : Menu.buildFromTemplate(template));
};

import { app, session, type WebContents } from 'electron';
import { appOrigin, protocolScheme } from '../../../shared/contracts/http/routes.ts';

/** Whether an address is a page of ours: the app's own origin, nothing that merely starts like it. */
export const isOwnPage = (address: string): boolean => {
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}` === appOrigin;
  } catch {
    return false;
  }
};

const ownSchemes = new Set([`${protocolScheme}:`, 'blob:', 'devtools:']);

/** Requests may go to the app's own protocol; in development also to the renderer's server. */
const isAllowedRequest = (address: string, devServer: string | null): boolean => {
  const url = new URL(address);
  if (ownSchemes.has(url.protocol)) return true;
  return devServer !== null && url.host === new URL(devServer).host;
};

const lockContents = (contents: WebContents): void => {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};

const copying = 'clipboard-sanitized-write';

/** Nothing remote, no navigation, no new windows, no permissions: for the session and for every page that is ever made. */
export const lockDown = (devServer: string | null): void => {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  const { defaultSession } = session;
  // Copying text out, when a person presses a button for it, is the one thing that a page may ask for.
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === copying));
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === copying);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isAllowedRequest(details.url, devServer) }));
  // Texts that our own page offers to save (keys, tables): the system asks where to.
  defaultSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
};

import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';

const pathFrom = async (window: BrowserWindow, options: OpenDialogOptions): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  return canceled ? null : (filePaths[0] ?? null);
};

/** Null when the dialog is closed without a choice. */
export const chooseStore = (window: BrowserWindow): Promise<string | null> =>
  pathFrom(window, { title: 'Open a store', message: 'The folder of a store', buttonLabel: 'Open', properties: ['openDirectory'] });

export const chooseNewStore = (window: BrowserWindow): Promise<string | null> =>
  pathFrom(window, { title: 'New store', message: 'An empty folder for the store', buttonLabel: 'Make a store here', properties: ['openDirectory', 'createDirectory', 'promptToCreate'] });

export const choosePictures = (window: BrowserWindow): Promise<string | null> =>
  pathFrom(window, { title: 'Choose a folder of photos or keyframes', buttonLabel: 'Import', properties: ['openDirectory'] });

export const chooseConfigFile = (window: BrowserWindow): Promise<string | null> =>
  pathFrom(window, { title: 'Open a configuration', message: 'A maskdesk.toml of a team’s store', buttonLabel: 'Open', properties: ['openFile'], filters: [{ name: 'Maskdesk configuration', extensions: ['toml'] }] });

import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';
import type { PathPurpose } from '../core/protocol.ts';

const pathFrom = async (window: BrowserWindow, options: OpenDialogOptions): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  return canceled ? null : (filePaths[0] ?? null);
};

/** Null when the dialog is closed without a choice. */
export const chooseStore = (window: BrowserWindow): Promise<string | null> =>
  pathFrom(window, { title: 'Open a store', message: 'The folder of a store', buttonLabel: 'Open', properties: ['openDirectory'] });

export const chooseNewStore = (window: BrowserWindow): Promise<string | null> =>
  pathFrom(window, { title: 'New store', message: 'An empty folder for the store', buttonLabel: 'Make a store here', properties: ['openDirectory', 'createDirectory', 'promptToCreate'] });

const optionsFor: Readonly<Record<PathPurpose, OpenDialogOptions>> = {
  pictures: { title: 'Choose a folder of photos or keyframes', buttonLabel: 'Import', properties: ['openDirectory'] },
  exports: { title: 'Where the export goes', message: 'The folder that the export is put into', buttonLabel: 'Export here', properties: ['openDirectory', 'createDirectory', 'promptToCreate'] },
  auditTrail: { title: 'Where the audit trail goes', message: 'The folder that its file is put into', buttonLabel: 'Export here', properties: ['openDirectory', 'createDirectory', 'promptToCreate'] },
  maskFolder: { title: 'Choose a folder of masks or annotations', buttonLabel: 'Look at it', properties: ['openDirectory'] },
  maskFile: {
    title: 'Choose a file of annotations, or a zip',
    buttonLabel: 'Look at it',
    properties: ['openFile'],
    filters: [
      { name: 'Annotations', extensions: ['zip', 'json', 'xml', 'yaml', 'yml', 'png'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
};

/** What an import or an export asks for. */
export const chooseFor = (window: BrowserWindow, purpose: PathPurpose): Promise<string | null> => pathFrom(window, optionsFor[purpose]);

export const chooseConfigFile = (window: BrowserWindow): Promise<string | null> =>
  pathFrom(window, { title: 'Open a configuration', message: 'A maskdesk.toml of a team’s store', buttonLabel: 'Open', properties: ['openFile'], filters: [{ name: 'Maskdesk configuration', extensions: ['toml'] }] });

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { hostChannels, type HostBridge, type HostState, type HostWindowMessage } from '../../shared/contracts/host/messages.ts';

const kilobyte = 1024;

/** The whole surface between page and host. A MessagePort can't cross the context bridge: it travels as a window message. */
const bridge: HostBridge = {
  connect: () => ipcRenderer.send(hostChannels.connect),
  connectDecoder: () => ipcRenderer.send(hostChannels.connectDecoder),
  savingBeforeClose: () => ipcRenderer.send(hostChannels.savingBeforeClose),
  readyToClose: () => ipcRenderer.send(hostChannels.readyToClose),
  recentStores: () => ipcRenderer.invoke(hostChannels.recentStores),
  openStore: (choice) => ipcRenderer.invoke(hostChannels.openStore, choice),
  forgetStore: (storeId) => ipcRenderer.invoke(hostChannels.forgetStore, storeId),
  teamForm: (storeId) => ipcRenderer.invoke(hostChannels.teamForm, storeId),
  testTeam: (form) => ipcRenderer.invoke(hostChannels.testTeam, form),
  openTeam: (form) => ipcRenderer.invoke(hostChannels.openTeam, form),
  // What has no path was made in a page (as a picture dragged out of a browser): it is no file of the person's.
  drop: (files) => ipcRenderer.invoke(hostChannels.drop, (files as File[]).map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')),
  setMenu: (model) => ipcRenderer.send(hostChannels.menu, model),
  toggleMenuBar: () => ipcRenderer.send(hostChannels.toggleMenuBar),
  privateBytes: async () => (await process.getProcessMemoryInfo()).private * kilobyte,
  zoomPage: (step) => ipcRenderer.send(hostChannels.zoomPage, step),
};

const tellPage = (message: HostWindowMessage, ports: MessagePort[] = []): void =>
  window.postMessage(message, window.location.origin, ports);

ipcRenderer.on(hostChannels.port, (event) => tellPage({ kind: hostChannels.port }, [...event.ports]));
ipcRenderer.on(hostChannels.decoderPort, (event) => tellPage({ kind: hostChannels.decoderPort }, [...event.ports]));
ipcRenderer.on(hostChannels.state, (_event, state: HostState) => tellPage({ kind: hostChannels.state, state }));

ipcRenderer.on(hostChannels.menuCommand, (_event, actionId: string) => tellPage({ kind: hostChannels.menuCommand, actionId }));

contextBridge.exposeInMainWorld('maskdesk', bridge);

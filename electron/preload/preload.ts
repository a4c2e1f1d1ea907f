import { contextBridge, ipcRenderer } from 'electron';
import { hostChannels, type HostBridge, type HostState, type HostWindowMessage } from '../../shared/contracts/host/messages.ts';

/** The whole surface between page and host. A MessagePort can't cross the context bridge: it travels as a window message. */
const bridge: HostBridge = {
  connect: () => ipcRenderer.send(hostChannels.connect),
  readyToClose: () => ipcRenderer.send(hostChannels.readyToClose),
};

const tellPage = (message: HostWindowMessage, ports: MessagePort[] = []): void =>
  window.postMessage(message, window.location.origin, ports);

ipcRenderer.on(hostChannels.port, (event) => tellPage({ kind: hostChannels.port }, [...event.ports]));
ipcRenderer.on(hostChannels.state, (_event, state: HostState) => tellPage({ kind: hostChannels.state, state }));

contextBridge.exposeInMainWorld('maskdesk', bridge);

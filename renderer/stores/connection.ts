import { create } from 'zustand';
import type { HostState } from '../../shared/contracts/host/messages.ts';

/** How the core is, as the host tells it. */
export const useConnection = create<{ readonly state: HostState }>(() => ({ state: { kind: 'starting' } }));

export const setHostState = (state: HostState): void => useConnection.setState({ state });

import { create } from 'zustand';

/** What lies over the desk at the moment; one at a time, none of them modal to the work. */
export type OverlayName = 'reject' | 'rerun' | 'tint' | 'compare' | 'choose' | 'comment' | 'shortcuts' | 'models' | 'import' | 'jobs' | 'dashboard' | 'auditExport' | 'exportSet' | 'importMasks' | 'pastImports' | 'notices' | 'stores' | 'teamStore' | 'welcome' | 'settings' | 'palette' | 'pair' | 'view.cutout' | 'view.difference' | 'view.menu' | 'filters' | 'savedFilters' | 'bulkReject' | 'bulkRerun' | 'bulkRefused' | 'waiting' | 'toolOptions';

export const useOverlay = create<{ readonly open: OverlayName | null }>(() => ({ open: null }));

export const openOverlay = (name: OverlayName): void => useOverlay.setState({ open: name });
export const closeOverlay = (): void => useOverlay.setState({ open: null });
export const toggleOverlay = (name: OverlayName): void => useOverlay.setState(({ open }) => ({ open: open === name ? null : name }));

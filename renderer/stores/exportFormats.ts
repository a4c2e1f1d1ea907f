import { create } from 'zustand';
import type { ExportFormatInfo } from '../../shared/contracts/rpc/exports.ts';
import type { ExportFormatId } from '../../shared/domain/formatIds.ts';
import { core } from '../bridge/core.ts';

/** What sets can be written in; empty until it has been read. */
export const useExportFormats = create<{ readonly formats: readonly ExportFormatInfo[] }>(() => ({ formats: [] }));

export const loadExportFormats = async (): Promise<void> => useExportFormats.setState({ formats: await core().exports.formats() });

/** The format that is chosen, or the first one; null before they are read. */
export const formatOf = (formats: readonly ExportFormatInfo[], id: ExportFormatId): ExportFormatInfo | null => formats.find((format) => format.id === id) ?? formats[0] ?? null;

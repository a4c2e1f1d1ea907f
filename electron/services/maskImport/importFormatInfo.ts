import type { ImportFormatInfo } from '../../../shared/contracts/rpc/maskImports.ts';
import type { ImportFormat } from '../../../shared/ports/importFormat.ts';

/** What people are told of a format. */
export const importFormatInfo = ({ id, label, summary }: ImportFormat): ImportFormatInfo => ({ id, label, summary });

export { createImageCodec, defaultMaxMegapixels, type ImageCodecOptions } from './imageCodec.ts';
export { makeContactSheet, type ContactSheetOptions, type ContactSheetRow } from './contactSheet.ts';
export { decodeRgb, encodeJpeg, encodePng } from './rgb.ts';
export { letter, type Lettering } from './lettering.ts';

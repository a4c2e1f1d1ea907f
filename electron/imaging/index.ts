export { createImageCodec, defaultMaxMegapixels, type ImageCodecOptions } from './imageCodec.ts';

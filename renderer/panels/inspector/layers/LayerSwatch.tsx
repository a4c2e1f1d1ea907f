/** Colour and stripes as over the picture (canvas/layerHatches.ts); its colours come again after four. */
export const LayerSwatch = ({ part }: { readonly part: number }) => <span className={`layer-swatch layer-swatch-${(part % 4) + 1}`} aria-hidden="true" />;

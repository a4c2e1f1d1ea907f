/** A photo of the demo (xzoom 1.0.15, Apache-2.0) with its mask: before, after. */
const sampleUrl = new URL('./sample.webp', import.meta.url).href;

export const Sample = () => <img className="welcome-sample" src={sampleUrl} width={320} height={150} alt="A photo of a product, and the same with a tinted mask over the product" draggable={false} />;

import { PromptControls } from './PromptControls.tsx';

export const PointOptions = () => <PromptControls hasHover />;

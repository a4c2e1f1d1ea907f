import { PromptControls } from './PromptControls.tsx';

export const BoxOptions = () => <PromptControls hasHover={false} />;

import type { ReactNode } from 'react';
import { toggleSection, useFoldedSections } from '../../stores/foldedSections.ts';
import { inBackground } from '../../stores/notices.ts';
import { FoldingSection } from '../../ui/FoldingSection.tsx';

interface InspectorSectionProps {
  /** Under which its folding is kept. */
  readonly id: string;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the inspector; whether it is folded is kept. */
export const InspectorSection = ({ id, ...rest }: InspectorSectionProps) => {
  const isOpen = useFoldedSections((state) => !state.folded.includes(id));
  return <FoldingSection isOpen={isOpen} onToggle={() => inBackground(toggleSection(id))} {...rest} />;
};

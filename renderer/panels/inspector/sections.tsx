import { Brush, Crosshair, History, Layers, ListChecks, MessageSquare, ScrollText, SlidersHorizontal, SquareStack } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Asset } from '../../../shared/domain/asset.ts';
import { AdjustSection } from './AdjustSection.tsx';
import { ChecksSection } from './ChecksSection.tsx';
import { CommentsSection } from './CommentsSection.tsx';
import { HistorySection } from './HistorySection.tsx';
import { LayersSection } from './LayersSection.tsx';
import { MaskSection } from './MaskSection.tsx';
import { PromptSection } from './PromptSection.tsx';
import { RevisionsSection } from './RevisionsSection.tsx';
import { ToolSection } from './ToolSection.tsx';

export interface InspectorPart {
  readonly id: string;
  readonly label: string;
  readonly icon: ComponentType;
  readonly Section: ComponentType<{ readonly asset: Asset }>;
}

/** The inspector's parts under the verdict, from top to bottom; folded to icons each is a popup of its own. */
export const inspectorParts: readonly InspectorPart[] = [
  { id: 'checks', label: 'Checks', icon: ListChecks, Section: ChecksSection },
  { id: 'mask', label: 'Mask', icon: Layers, Section: MaskSection },
  { id: 'layers', label: 'Layers', icon: SquareStack, Section: LayersSection },
  { id: 'tool', label: 'Tool', icon: Brush, Section: ToolSection },
  { id: 'prompts', label: 'Prompts', icon: Crosshair, Section: PromptSection },
  { id: 'adjust', label: 'Adjust', icon: SlidersHorizontal, Section: AdjustSection },
  { id: 'comments', label: 'Comments', icon: MessageSquare, Section: CommentsSection },
  { id: 'revisions', label: 'Revisions', icon: History, Section: RevisionsSection },
  { id: 'history', label: 'History', icon: ScrollText, Section: HistorySection },
];

import { Check, PanelRight, RefreshCw, X } from 'lucide-react';
import { approve } from '../actions/review/approve.ts';
import { reject } from '../actions/review/reject.ts';
import { rerun } from '../actions/review/rerun.ts';
import { peekInspector } from '../actions/view/layout.ts';
import { ToolOptionsPopup } from '../panels/inspector/ToolOptionsPopup.tsx';
import { ActionButton } from '../panels/shared/ActionButton.tsx';
import { useLayout } from '../stores/layout.ts';

/** The inspector as icons, for narrow windows: the verdicts, what the tool in hand can be set to, and a look at the rest. */
export const InspectorRail = () => {
  const isOpen = useLayout((state) => state.isFlyoutOpen);
  return (
    <aside className="inspector-rail" aria-label="Inspector, folded" data-region>
      <ActionButton action={approve} icon={<Check />} tipSide="left" />
      <ActionButton action={reject} icon={<X />} tipSide="left" />
      <ActionButton action={rerun} icon={<RefreshCw />} tipSide="left" />
      <hr />
      <ToolOptionsPopup />
      <ActionButton action={peekInspector} icon={<PanelRight />} isActive={isOpen} tipSide="left" />
    </aside>
  );
};

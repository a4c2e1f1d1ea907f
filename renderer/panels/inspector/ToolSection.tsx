import { useStore } from 'zustand';
import { toolSettings } from '../../actions/desk/editors.ts';
import { toolSectionId } from '../../actions/tools/toolOptions.ts';
import { toolActions } from '../../actions/tools/selectTool.ts';
import { InspectorSection } from './InspectorSection.tsx';
import { toolOptions } from './toolOptions/index.ts';

/** The tool in hand and what can be set of it. */
export const ToolSection = () => {
  const toolId = useStore(toolSettings, (settings) => settings.toolId);
  const Options = toolOptions[toolId];
  if (Options === null) return null;
  return (
    <div id={toolSectionId}>
      <InspectorSection id="tool" title={toolActions.find((action) => action.toolId === toolId)?.name ?? 'Tool'}>
        <Options />
      </InspectorSection>
    </div>
  );
};

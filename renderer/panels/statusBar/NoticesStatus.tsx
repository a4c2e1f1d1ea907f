import { Bell } from 'lucide-react';
import { noticesLog } from '../../actions/app/noticesLog.ts';
import { useNotices } from '../../stores/notices.ts';
import { StatusItem } from './StatusItem.tsx';

/** The bell: how much trouble was not looked at yet; opens what was said. */
export const NoticesStatus = () => {
  const unseen = useNotices((state) => state.unseen);
  const title = unseen === 0 ? 'What was said' : `${unseen} ${unseen === 1 ? 'warning' : 'warnings'} to read`;
  return (
    <StatusItem title={title} action={noticesLog} testId="status-notices" className="status-bell">
      <Bell aria-label={title} />
      {unseen > 0 && <span className="status-unseen">{unseen > 99 ? '99+' : unseen}</span>}
    </StatusItem>
  );
};

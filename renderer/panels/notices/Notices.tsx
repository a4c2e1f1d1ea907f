import { dismissNotice, useNotices } from '../../stores/notices.ts';
import { Notice } from '../../ui/Notice.tsx';
import './Notices.css';

/** What happened, in the corner of the desk; nothing waits for it. */
export const Notices = () => {
  const notices = useNotices((state) => state.notices);
  return (
    <div className="notices" role="region" aria-label="Notices" aria-live="polite" data-region data-testid="notices">
      {notices.map(({ id, level, message, buttons }) => (
        <Notice key={id} level={level} message={message} buttons={buttons} onDismiss={() => dismissNotice(id)} />
      ))}
    </div>
  );
};

import { X } from 'lucide-react';
import { cancelTask, openItemOfTask } from '../../actions/app/jobs.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { pictures } from './taskWords.ts';

interface TaskListProps {
  readonly title: string;
  readonly tasks: readonly Task[];
  /** How many follow that are not listed. */
  readonly more?: number;
}

const wishes: Readonly<Record<number, string>> = { 10: 'on screen', 20: 'asked for' };

/** Single pictures, each with its way out of the line. */
export const TaskList = ({ title, tasks, more = 0 }: TaskListProps) => (
  <section className="jobs-tasks" aria-label={title}>
    <h3>{title}</h3>
    <ul>
      {tasks.map(({ taskId, asset, parameters, priority }) => (
        <li key={taskId} className="jobs-task" data-testid={`task-${title === 'Next' ? 'queued' : 'running'}`} data-asset-id={asset.id}>
          <button type="button" className="jobs-item ellipsis" title={`Open ${asset.id}`} onClick={() => openItemOfTask(asset)}>
            {asset.id}
          </button>
          <span className="secondary ellipsis jobs-model" title={parameters.modelId}>
            {parameters.modelId}
          </span>
          <span className="secondary jobs-wish">{wishes[priority] ?? ''}</span>
          <IconButton label={`Cancel ${asset.id}`} onClick={() => cancelTask(taskId)}>
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
    {more > 0 && <p className="secondary">and {pictures(more)} more</p>}
  </section>
);

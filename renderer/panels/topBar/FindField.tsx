import { Search } from 'lucide-react';
import { palette } from '../../actions/index.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { capsOf } from '../shared/platform.ts';

/** Looks like the field that it opens. */
export const FindField = () => (
  <button type="button" className="top-bar-find" title={palette.label} data-testid="palette" onMouseDown={keepFocus} onClick={palette.run}>
    <Search className="icon-small" aria-hidden="true" />
    <span className="top-bar-find-text ellipsis">{palette.label}</span>
    <Kbd caps={capsOf(palette)} />
  </button>
);

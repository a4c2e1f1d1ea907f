import { ChevronDown, Search } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import type { Counterpart } from '../../../shared/contracts/rpc/queue.ts';
import { openCounterpart } from '../../actions/desk/openItem.ts';
import { choosePair } from '../../actions/view/pairs.ts';
import { loadCounterparts, useCounterparts } from '../../stores/counterparts.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { keepFocus } from '../../ui/keepFocus.ts';
import { LongName } from '../../ui/LongName.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { capsOf } from '../shared/platform.ts';
import { Thumb } from '../shared/Thumb.tsx';
import { placeOf, stateLabels } from '../shared/words.ts';
import { shortScore } from './pairScore.ts';
import './PairPicker.css';

const choose = (asset: Asset): void => {
  closeOverlay();
  inBackground(openCounterpart(asset));
};

const Row = ({ counterpart: { asset, score }, isShown }: { readonly counterpart: Counterpart; readonly isShown: boolean }) => (
  <button type="button" className={isShown ? 'pair-row pair-row-shown' : 'pair-row'} aria-current={isShown || undefined} onMouseDown={keepFocus} onClick={() => choose(asset)}>
    <Thumb asset={asset} sidePx={40} />
    <span className="pair-row-names">
      <LongName name={asset.id} />
      <span className="secondary ellipsis">{[placeOf(asset), stateLabels[asset.state]].filter((part) => part !== '').join(' · ')}</span>
    </span>
    <span className={score === null ? 'pair-row-score note' : 'pair-row-score figures'}>{score === null ? 'guess' : shortScore(score)}</span>
  </button>
);

const Choices = ({ shown }: { readonly shown: Asset }) => {
  const { of, items, status, error } = useCounterparts();
  const [text, setText] = useState('');
  if (of === null) return null;
  const find = (wanted: string): void => {
    setText(wanted);
    inBackground(loadCounterparts(of, wanted));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const first = items[0];
    if (event.key === 'Enter' && first !== undefined) choose(first.asset);
    else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.pair-list button')?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextField label="Find something to compare with" isLabelUnseen icon={<Search className="icon-small" aria-hidden="true" />} placeholder="Id or title" value={text} onChange={(event) => find(event.target.value)} onKeyDown={onKeyDown} />
      <div className="pair-list" aria-busy={status === 'loading'}>
        {status === 'error' && <p className="pair-none note">{error}</p>}
        {status === 'ready' && items.length === 0 && <p className="pair-none note">{text.trim() === '' ? 'Nothing in its job to compare with' : 'Nothing by that name'}</p>}
        {status === 'loading' && items.length === 0 && <p className="pair-none note">Looking…</p>}
        <MenuList label="Matches by score, then guesses">
          {items.map((counterpart) => (
            <Row key={assetKey(counterpart.asset)} counterpart={counterpart} isShown={sameAsset(counterpart.asset, shown)} />
          ))}
        </MenuList>
      </div>
    </>
  );
};

/** In the head of the pane that was chosen for the item: how well it matches, and what else there is. */
export const PairPicker = ({ asset, score }: { readonly asset: Asset; readonly score: number | null }) => {
  const isOpen = useOverlay((state) => state.open === 'pair');
  const words = score === null ? 'guess' : `pair ${shortScore(score)}`;
  return (
    <Popup
      isOpen={isOpen}
      label={choosePair.label}
      onClose={closeOverlay}
      anchor={
        <span className="pair-anchor" data-popup-anchor="">
          <Tip label={isOpen ? null : choosePair.label} caps={capsOf(choosePair)}>
            <button type="button" className="pair-button" aria-haspopup="dialog" aria-expanded={isOpen} aria-label={`${choosePair.label}, now a ${words}`} data-testid="pair" onMouseDown={keepFocus} onClick={choosePair.run}>
              {words}
              <ChevronDown aria-hidden="true" />
            </button>
          </Tip>
        </span>
      }
    >
      <Choices shown={asset} />
    </Popup>
  );
};

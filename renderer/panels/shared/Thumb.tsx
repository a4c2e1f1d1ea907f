import { useState } from 'react';
import { ImageOff } from 'lucide-react';
import { thumbUrl } from '../../../shared/contracts/http/routes.ts';
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import './Thumb.css';

/** The photo with the head's mask over it, small. */
export const Thumb = ({ asset, sidePx }: { readonly asset: Asset; readonly sidePx: number }) => <ThumbOf asset={asset} version={asset.headRevisionId ?? 'none'} sidePx={sidePx} />;

/** @param version changes with what it shows */
export const ThumbOf = ({ asset, version, sidePx }: { readonly asset: AssetRef; readonly version: string; readonly sidePx: number }) => {
  const url = thumbUrl({ kind: asset.kind, id: asset.id }, version);
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  // A newer mask's picture replaces the older one without a blink: only the first fades in.
  const [isShown, setIsShown] = useState(false);
  return (
    <span className="thumb" style={{ width: sidePx, height: sidePx }}>
      {failedUrl === url ? (
        <ImageOff size={18} strokeWidth={1.6} aria-label="No picture" />
      ) : (
        <img
          className={isShown ? 'thumb-shown' : ''}
          src={url}
          alt=""
          width={sidePx}
          height={sidePx}
          loading="lazy"
          decoding="async"
          draggable={false}
          onLoad={() => setIsShown(true)}
          onError={() => setFailedUrl(url)}
        />
      )}
    </span>
  );
};

import type { CheckResult } from '../../../../shared/domain/check.ts';
import type { Bitmap } from '../../../../shared/mask/bitmap.ts';
import type { Photo } from '../../../../shared/checks/photo.ts';

/** What the thread is asked, one at a time. */
export interface CheckQuestion {
  readonly mask: Bitmap;
  readonly photo: Photo;
}

export type CheckAnswer = { readonly kind: 'checked'; readonly results: readonly CheckResult[] } | { readonly kind: 'failed'; readonly message: string; readonly stack: string };

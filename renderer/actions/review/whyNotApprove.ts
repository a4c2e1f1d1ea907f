import type { Asset } from '../../../shared/domain/asset.ts';

/** Why an item can't be approved, a sentence; null when it can. @param isEdited whether the mask on screen has strokes of this person */
export const whyNotApprove = ({ id, headRevisionId }: Pick<Asset, 'id' | 'headRevisionId'>, isEdited: boolean): string | null =>
  headRevisionId === null && !isEdited ? `${id} has no mask yet. Paint one, or re-run a model.` : null;

import { assetStates, type AssetState } from '../../shared/domain/asset.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** One or more, with commas. @throws ExpectedError usage */
export const parseStates = (text: string | undefined): readonly AssetState[] | undefined => {
  if (text === undefined) return undefined;
  return text.split(',').map((state) => {
    if (!assetStates.includes(state as AssetState)) throw new ExpectedError('usage', `--state is one or more of ${assetStates.join(', ')}; not '${state}'.`);
    return state as AssetState;
  });
};

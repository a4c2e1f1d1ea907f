import type { BrokenPart, ImageExample, ImportPreview, MatchedImage, OtherPhotoImage, OtherSizeImage } from '../../../shared/contracts/rpc/maskImports.ts';
import type { ImportDecisions } from '../../../shared/domain/importDecisions.ts';
import { decide } from '../../actions/imports/importMasks.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { Finding, type FindingExample } from './Finding.tsx';
import { counted } from '../shared/words.ts';

const example = ({ image, file, place }: ImageExample, words = place): FindingExample => ({ key: `${image} ${place}`, name: file, words });

const ways: Readonly<Record<MatchedImage['way'], string>> = { path: 'by its path', id: 'by its id', name: 'by its name', ending: 'by the end of its name', chosen: 'as you said' };
const matchWords = ({ asset, way, place }: MatchedImage): string => `${asset.id}, ${ways[way]} · ${place}`;
const sizeWords = ({ asset, maskWidthPx, maskHeightPx, photoWidthPx, photoHeightPx, isTurned }: OtherSizeImage): string =>
  `${asset.id}: mask ${maskWidthPx} × ${maskHeightPx}, photo ${photoWidthPx} × ${photoHeightPx}${isTurned ? ', turned: the other tool read the photo’s rotation otherwise' : ''}`;

const otherPhotoWords = ({ asset, photoWidthPx, photoHeightPx, exportedWidthPx, exportedHeightPx }: OtherPhotoImage): string =>
  `another photo is ${asset.id} here: ${exportedWidthPx === photoWidthPx && exportedHeightPx === photoHeightPx ? 'as large, with other pixels' : `${photoWidthPx} × ${photoHeightPx}, the exported one ${exportedWidthPx ?? '?'} × ${exportedHeightPx ?? '?'}`}`;

/** Where it is, and beside it what is wrong. */
const brokenExample = ({ file, line, column, sentence }: BrokenPart): FindingExample => {
  const place = line === null ? (file ?? '') : `${file}, line ${line}, column ${column}`;
  const hasPlace = place !== '' && sentence.startsWith(`${place}: `);
  return { key: sentence, name: hasPlace ? place : sentence, words: hasPlace ? sentence.slice(place.length + 2) : '' };
};

type Chosen<Of extends keyof ImportDecisions> = Exclude<ImportDecisions[Of], 'stop'> & string;

interface ChooseProps<Of extends keyof ImportDecisions> {
  readonly of: Of;
  readonly label: string;
  readonly choices: readonly { readonly value: Chosen<Of>; readonly label: string }[];
  readonly decisions: ImportDecisions;
}

/** One of the decisions. To stop is to have decided nothing yet: no button of it, the row says so. */
const Choose = <Of extends keyof ImportDecisions>({ of, label, choices, decisions }: ChooseProps<Of>) => {
  const decision = decisions[of];
  return <SegmentedControl<Chosen<Of>> label={label} choices={choices} value={decision === 'stop' ? null : (decision as Chosen<Of>)} onChange={(choice) => decide({ [of]: choice })} />;
};

/** What was found in the source, and what is to become of it. */
export const Findings = ({ preview, decisions }: { readonly preview: ImportPreview; readonly decisions: ImportDecisions }) => {
  const { matched, unclear, unknown, otherPhoto, otherSize, several, overlapping, empty, shapeless, crowd, workedOn, same, remarks, broken } = preview;
  return (
    <div className="masks-findings">
      {broken.count > 0 && (
        <Finding
          title="Broken"
          note="Can’t be read. Mend the files, or leave these out; an image of which nothing is left stays out."
          isUndecided={decisions.broken === 'stop'}
          count={broken.count}
          examples={broken.examples.map(brokenExample)}
        >
          <Choose of="broken" label="What is broken" choices={[{ value: 'skip', label: 'Leave out' }]} decisions={decisions} />
        </Finding>
      )}
      <Finding title="Photos that are here" note="By path, id, name or the end of a name." count={matched.count} examples={matched.examples.map((image) => example(image, matchWords(image)))} />
      {same.count > 0 && <Finding title="There already" note="These have the same mask, to the pixel: nothing of it comes in again." count={same.count} examples={same.examples.map((image) => example(image, matchWords(image)))} />}
      {unknown.count > 0 && (
        <Finding
          title="Not in this store"
          note={decisions.unknown === 'add' ? 'Photos that came along are added.' : decisions.unknown === 'skip' ? 'These are left out.' : 'Leave them out, or add the photos that came along.'}
          isUndecided={decisions.unknown === 'stop'}
          count={unknown.count}
          examples={unknown.examples.map((image) => example(image, image.obstacle ?? (image.hasPhoto ? 'its photo came along' : 'no photo came along')))}
        >
          <Choose of="unknown" label="Images that are not in this store" choices={[{ value: 'skip', label: 'Leave out' }, { value: 'add', label: 'Add photos' }]} decisions={decisions} />
          {decisions.unknown === 'add' && !preview.isOwnExport && (
            <Select
              label="What added photos are"
              options={[
                { value: 'products', label: 'As product photos' },
                { value: 'keyframes', label: 'As keyframes' },
              ]}
              value={decisions.addAs ?? 'products'}
              onChange={(choice) => decide({ addAs: choice })}
            />
          )}
        </Finding>
      )}
      {unclear.count > 0 && (
        <Finding
          title="Not clear which photo"
          note="More than one photo has the name, or more than one image wants the photo. Nothing is guessed."
          isUndecided={decisions.unclear === 'stop'}
          count={unclear.count}
          examples={unclear.examples.map((image) => example(image, `${image.isRival ? 'another image wants' : 'could be'} ${image.candidates.map(({ id }) => id).join(', ')}`))}
        >
          <Choose of="unclear" label="Images whose photo is not clear" choices={[{ value: 'skip', label: 'Leave out' }]} decisions={decisions} />
        </Finding>
      )}
      {otherPhoto.count > 0 && (
        <Finding
          title="Another photo has this id here"
          note="Exported from a store whose photos are others under the same ids. Their masks would lie on the wrong photos."
          isUndecided={decisions.otherPhoto === 'stop'}
          count={otherPhoto.count}
          examples={otherPhoto.examples.map((image) => example(image, otherPhotoWords(image)))}
        >
          <Choose of="otherPhoto" label="Images whose id another photo has here" choices={[{ value: 'skip', label: 'Leave out' }, { value: 'use', label: 'Same photo' }]} decisions={decisions} />
        </Finding>
      )}
      {otherSize.count > 0 && (
        <Finding title="Another size than the photo" note="Resized to the nearest pixel, or turned where the photo says how." isUndecided={decisions.otherSize === 'stop'} count={otherSize.count} examples={otherSize.examples.map((image) => example(image, sizeWords(image)))}>
          <Choose of="otherSize" label="Masks of another size" choices={[{ value: 'skip', label: 'Leave out' }, { value: 'resize', label: 'Resize' }]} decisions={decisions} />
        </Finding>
      )}
      {several.count > 0 && (
        <Finding
          title="Several instances"
          isUndecided={decisions.several === 'stop'}
          note={overlapping.count === 0 ? 'A photo has one mask here.' : `A photo has one mask here. In ${overlapping.count.toLocaleString()} they overlap.`}
          count={several.count}
          examples={several.examples.map((image) => example(image, `${counted(image.instances, 'instance', 'instances')}${image.overlapPx === 0 ? '' : `, ${image.overlapPx.toLocaleString()} px in more than one`}`))}
        >
          <Choose of="several" label="Images with several instances" choices={[{ value: 'join', label: 'Join' }, { value: 'largest', label: 'Largest' }]} decisions={decisions} />
        </Finding>
      )}
      {workedOn.count > 0 && (
        <Finding title="A person has worked on it" note="Their mask stays; this one can wait beside it." count={workedOn.count} examples={workedOn.examples.map((image) => example(image, matchWords(image)))}>
          <Choose of="workedOn" label="Items that a person has worked on" choices={[{ value: 'beside', label: 'Beside it' }, { value: 'skip', label: 'Leave out' }]} decisions={decisions} />
        </Finding>
      )}
      {empty.count > 0 && (
        <Finding title="Without any annotation" note="Listed by the other tool, with nothing marked." count={empty.count} examples={empty.examples.map((image) => example(image))}>
          <Choose of="empty" label="Images without annotations" choices={[{ value: 'skip', label: 'Leave out' }, { value: 'use', label: 'Empty mask' }]} decisions={decisions} />
        </Finding>
      )}
      {shapeless.count > 0 && <Finding title="Boxes alone" note="A box says where something is, not its shape: these are left out." count={shapeless.count} examples={shapeless.examples.map((image) => example(image))} />}
      {crowd.count > 0 && (
        <Finding title="Crowd regions" note="Many objects in one region." count={crowd.count} examples={crowd.examples.map(({ place }) => ({ key: place, name: place, words: '' }))}>
          <Choose of="crowd" label="Crowd regions" choices={[{ value: 'ignore', label: 'Leave out' }, { value: 'use', label: 'Use' }]} decisions={decisions} />
        </Finding>
      )}
      {remarks.count > 0 && <Finding title="Remarks" note="What has no mask, or reads oddly." count={remarks.count} examples={remarks.examples.map(({ place, sentence }) => ({ key: `${place} ${sentence}`, name: place, words: sentence }))} />}
    </div>
  );
};

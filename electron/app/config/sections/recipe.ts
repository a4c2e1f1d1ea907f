import { recipeSettingsSchema } from '../../../segmenters/recipe/recipeSettings.ts';
import { settingsOfObject, type Section } from '../setting.ts';

const keys = settingsOfObject(recipeSettingsSchema, {
  foreground: { about: 'The model that finds what the photo shows.' },
  foregroundThreshold: { about: 'From which probability a pixel is foreground.', standard: 'the run’s threshold' },
  people: { about: 'The model that finds people, of the kinds people or instances; none: the foreground stays whole.' },
  peopleThreshold: { about: 'From which probability a pixel is a person.', standard: 'the model’s own' },
  peoplePrompt: { about: 'A prompt model that outlines each person anew, given the box that an instances model found.', standard: 'none' },
  peopleClasses: { about: 'Of an instances model: names of the classes that count.', standard: 'person' },
  clothes: { about: 'Whether clothes go with the person who wears them (docs/recipes.md).', standard: 'auto' },
  minSkinShare: { about: 'Share of the picture that skin and face must take before people are subtracted.', standard: '0.01' },
  growShare: { about: 'The mask of people grows by this share of the picture’s longer side.', standard: 'the model’s own' },
  steps: { about: 'Parts, order and operations in full, as [[recipe.steps]] tables; goes before the keys above.', standard: 'foreground minus people' },
});

export const recipeSection: Section<typeof keys> = {
  name: 'recipe',
  about: 'What the model `product` stands for.',
  keys,
  check: ({ steps }) => (steps === undefined || steps[0]?.operation === 'add' ? [] : [{ key: 'steps', message: 'the first step has nothing before it, so its operation is add' }]),
};

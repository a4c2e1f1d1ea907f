import type { ValuesOf } from '../setting.ts';
import { blobsSection } from './blobs.ts';
import { brokerSection } from './broker.ts';
import { modelsSection } from './models.ts';
import { pathsSection } from './paths.ts';
import { picturesSection } from './pictures.ts';
import { recipeSection } from './recipe.ts';
import { storeSection } from './store.ts';
import { workerSection } from './worker.ts';

/** Every table of `maskdesk.toml`, in the order of the documentation. */
export const sections = {
  store: storeSection,
  blobs: blobsSection,
  broker: brokerSection,
  worker: workerSection,
  recipe: recipeSection,
  paths: pathsSection,
  pictures: picturesSection,
  models: modelsSection,
} as const;

export type SectionName = keyof typeof sections;
export type SectionValues = { readonly [Name in SectionName]: ValuesOf<(typeof sections)[Name]['keys']> };
export const sectionNames = Object.keys(sections) as readonly SectionName[];

import { beforeEach, describe, expect, it } from 'vitest';
import { useUndoable } from '../../stores/undoable.ts';
import { forgetSteps, forgetStrokes, hasLoggedSteps, latestDone, logStep, noteStroke, putBackStep, takeLatestStep, takeStep } from './undoSteps.ts';

const nothing = (): Promise<void> => Promise.resolve();

describe('the order in which things are taken back', () => {
  beforeEach(forgetSteps);

  it('names strokes before the step that they followed, wherever they were painted', () => {
    logStep(nothing);
    noteStroke('keyframe:a', 'forward');
    expect(latestDone()).toMatchObject({ kind: 'strokes', assetKey: 'keyframe:a' });
    expect(takeLatestStep()).toBeNull();
    noteStroke('keyframe:a', 'back');
    expect(latestDone()).toMatchObject({ kind: 'step' });
  });

  it('counts strokes between two steps as they are undone', () => {
    noteStroke('keyframe:a', 'forward');
    const first = logStep(nothing);
    noteStroke('keyframe:a', 'forward');
    noteStroke('keyframe:a', 'forward');
    noteStroke('keyframe:a', 'back');
    expect(latestDone()).toMatchObject({ kind: 'strokes' });
    noteStroke('keyframe:a', 'back');
    expect(takeLatestStep()).toBe(first);
    expect(latestDone()).toMatchObject({ kind: 'strokes', assetKey: 'keyframe:a' });
  });

  it('says whether there is anything', () => {
    const hasLogged = (): boolean => useUndoable.getState().hasLogged;
    expect(hasLogged()).toBe(false);
    noteStroke('keyframe:a', 'forward');
    logStep(nothing);
    takeLatestStep();
    expect(hasLogged()).toBe(true);
    noteStroke('keyframe:a', 'back');
    expect(hasLogged()).toBe(false);
  });

  it('gives a step that could not be taken back its place again', () => {
    const [older, failing] = [logStep(nothing), logStep(nothing)];
    expect(takeLatestStep()).toBe(failing);
    const newer = logStep(nothing);
    putBackStep(failing);
    putBackStep(failing);
    expect([takeLatestStep(), takeLatestStep(), takeLatestStep(), takeLatestStep()]).toEqual([newer, failing, older, null]);
  });

  it('takes a step back once', () => {
    const step = logStep(nothing);
    expect([takeStep(step), takeStep(step)]).toEqual([true, false]);
  });

  it('forgets strokes that their editor has forgotten, and everything for the next person', () => {
    logStep(nothing);
    noteStroke('keyframe:a', 'forward');
    forgetStrokes('keyframe:a');
    expect(latestDone()).toMatchObject({ kind: 'step' });
    forgetSteps();
    expect([latestDone(), hasLoggedSteps()]).toEqual([null, false]);
  });
});

import type { Action } from './action.ts';
import { auditExport } from './app/auditExport.ts';
import { exportSet } from './exports/exportSet.ts';
import { dashboard } from './app/dashboard.ts';
import { debugOverlay } from './app/debugOverlay.ts';
import { importFolder } from './app/importFolder.ts';
import { importMasks } from './imports/importMasks.ts';
import { pastImports } from './imports/pastImports.ts';
import { jobs, retryFailed } from './app/jobs.ts';
import { menuBar } from './app/menuBar.ts';
import { models } from './app/models.ts';
import { noticesLog } from './app/noticesLog.ts';
import { largerPage, smallerPage, usualPage } from './app/pageZoom.ts';
import { cancelSegmentation, pauseSegmentation, segmentAll } from './app/segmentAll.ts';
import { paletteOf } from './app/palette.ts';
import { settings, settingsPages } from './app/settings.ts';
import { shortcuts } from './app/shortcuts.ts';
import { connectTeamStore, newStore, openConfigFile, openDemo, openStore, recentStores, welcome } from './app/stores.ts';
import { approveChosen } from './bulk/approveChosen.ts';
import { chooseEverything } from './bulk/chooseEverything.ts';
import { chooseNone } from './bulk/chooseNone.ts';
import { rejectChosen, rejectChosenActions, rejectChosenNote } from './bulk/rejectChosen.ts';
import { reopenChosen } from './bulk/reopenChosen.ts';
import { rerunChosen } from './bulk/rerunChosen.ts';
import { clearFilters } from './moving/clearFilters.ts';
import { filters } from './moving/filters.ts';
import { nextCheck } from './checks/nextCheck.ts';
import { find } from './moving/find.ts';
import { next } from './moving/next.ts';
import { retryStore } from './offline/retryStore.ts';
import { sendWaiting } from './offline/sendWaiting.ts';
import { waitingList } from './offline/waitingList.ts';
import { nextUnreviewed } from './moving/nextUnreviewed.ts';
import { previous } from './moving/previous.ts';
import { savedFilters } from './moving/savedFilters.ts';
import { nextCandidate, previousCandidate } from './prompts/cycleCandidate.ts';
import { editPrompts } from './prompts/editPrompts.ts';
import { continueFromMask, joinActions } from './prompts/joinPrompts.ts';
import { approve } from './review/approve.ts';
import { choose, chooseActions } from './review/chooseMask.ts';
import { comment, commentOnWhole } from './review/comments.ts';
import { compareActions } from './review/compareVersions.ts';
import { discardDraft } from './review/discardDraft.ts';
import { reject, rejectActions, rejectNote } from './review/reject.ts';
import { importWaitActions } from './review/importWaits.ts';
import { reopen } from './review/reopen.ts';
import { takeOver } from './review/takeOver.ts';
import { rerun, rerunNow } from './review/rerun.ts';
import { adjustActions } from './tools/adjust.ts';
import { harderBrush, softerBrush } from './tools/brushHardness.ts';
import { largerBrush, smallerBrush } from './tools/brushSize.ts';
import { copyMask } from './tools/copyMask.ts';
import { layerActions } from './tools/layers/actions.ts';
import { refineEdge } from './tools/refineEdge.ts';
import { applyChange, cancelChange, lessChange, moreChange } from './tools/liveChange.ts';
import { penPressure } from './tools/penPressure.ts';
import { cancel } from './tools/cancel.ts';
import { redo } from './tools/redo.ts';
import { snapToEdges } from './tools/snapToEdges.ts';
import { holdHand, toolActions } from './tools/selectTool.ts';
import { toolOptions } from './tools/toolOptions.ts';
import { undo } from './tools/undo.ts';
import { cutoutActions, cycleView, differenceActions, viewActions } from './view/cycleView.ts';
import { foldInspector, foldQueue, peekInspector, standardLayout } from './view/layout.ts';
import { hideOverlay } from './view/hideOverlay.ts';
import { holdModel } from './view/holdModel.ts';
import { hoverValues } from './view/hoverValues.ts';
import { linkPanes } from './view/linkPanes.ts';
import { keepLoupe, loupe } from './view/loupe.ts';
import { onionSkin } from './view/onionSkin.ts';
import { nextRegion, previousRegion } from './view/regions.ts';
import { choosePair, nextPair, previousPair } from './view/pairs.ts';
import { nextSibling, previousSibling } from './view/siblings.ts';
import { singlePhoto } from './view/singlePhoto.ts';
import { swapPane } from './view/swapPane.ts';
import { theme } from './view/theme.ts';
import { chooseTint, nextTint } from './view/tint.ts';
import { actualSize, fit, zoomIn, zoomOut } from './view/zoom.ts';

/** Finds items and every other action. */
export const palette: Action = paletteOf(() => actions);

/** Every action. Where two have the same key, the first whose `when` holds takes it: digits reject while the reasons are shown. */
export const actions: readonly Action[] = [
  applyChange,
  cancelChange,
  lessChange,
  moreChange,
  approveChosen,
  rejectChosen,
  ...rejectChosenActions,
  rejectChosenNote,
  rerunChosen,
  reopenChosen,
  chooseEverything,
  chooseNone,
  rerunNow,
  approve,
  reject,
  ...rejectActions,
  rejectNote,
  reopen,
  takeOver,
  ...importWaitActions,
  ...compareActions,
  choose,
  ...chooseActions,
  comment,
  commentOnWhole,
  rerun,
  next,
  previous,
  nextUnreviewed,
  find,
  filters,
  clearFilters,
  savedFilters,
  ...toolActions,
  nextCandidate,
  previousCandidate,
  ...joinActions,
  continueFromMask,
  editPrompts,
  holdHand,
  smallerBrush,
  largerBrush,
  softerBrush,
  harderBrush,
  snapToEdges,
  penPressure,
  toolOptions,
  ...adjustActions,
  refineEdge,
  copyMask,
  ...layerActions,
  undo,
  redo,
  discardDraft,
  cancel,
  nextCheck,
  swapPane,
  cycleView,
  ...viewActions,
  ...cutoutActions,
  ...differenceActions,
  choosePair,
  nextPair,
  previousPair,
  nextSibling,
  previousSibling,
  onionSkin,
  linkPanes,
  loupe,
  keepLoupe,
  singlePhoto,
  hideOverlay,
  holdModel,
  hoverValues,
  nextTint,
  chooseTint,
  fit,
  actualSize,
  zoomIn,
  zoomOut,
  segmentAll,
  pauseSegmentation,
  cancelSegmentation,
  retryFailed,
  jobs,
  dashboard,
  exportSet,
  auditExport,
  noticesLog,
  retryStore,
  sendWaiting,
  waitingList,
  importFolder,
  importMasks,
  pastImports,
  debugOverlay,
  openStore,
  recentStores,
  newStore,
  connectTeamStore,
  openConfigFile,
  openDemo,
  welcome,
  largerPage,
  smallerPage,
  usualPage,
  models,
  theme,
  foldQueue,
  foldInspector,
  peekInspector,
  standardLayout,
  nextRegion,
  previousRegion,
  palette,
  menuBar,
  settings,
  ...settingsPages,
  shortcuts,
];

const deals = (count: string) => (count === '1' ? '1 deal' : `${count} deals`)

export const pipelineWords = {
  intro: 'A pipeline is the row of stages that a deal goes through.',
  create: 'Create pipeline',
  failed: 'The pipelines could not be loaded',
  none: 'There is no pipeline yet',
  noneHelp: 'Create the first one: name the stages that your deals go through, from first contact to signature.',
  stages: (count: number) => (count === 1 ? '1 stage' : `${count} stages`),
  edit: 'Edit stages',
  openBoard: 'Open on the board',
  gone: 'This pipeline does not exist any more',
  goneHelp: 'It may have been deleted. The others are one step back.',
  toAll: 'All pipelines',

  newTitle: 'New pipeline',
  name: 'Name',
  namePlaceholder: 'Sales pipeline',
  stagesTitle: 'Stages',
  stagesHelp:
    'The chance is how likely a deal in the stage is won; the board and the forecast weight each value with it.',
  stage: 'Stage',
  stageName: (position: number) => `Name of stage ${position}`,
  chanceOf: (stage: string) => `Chance of ${stage}`,
  colorOf: (stage: string) => `Colour of ${stage}`,
  hex: 'As a code',
  hexHelp: 'Such as #64748B.',
  move: (stage: string, position: number, count: number) =>
    `Move ${stage}, stage ${position} of ${count}. Use the arrow keys.`,
  moved: (stage: string, position: number, count: number) => `${stage} is now stage ${position} of ${count}.`,
  moveUp: 'Move up',
  moveDown: 'Move down',
  showInFunnel: 'Show in the funnel',
  showInPieChart: 'Show in charts of shares',
  deleteStage: 'Delete stage',
  keepStage: 'Keep',
  goes: 'Goes when you save',
  goesWith: (count: string, to: string) =>
    `Goes when you save; its ${deals(count)} ${count === '1' ? 'moves' : 'move'} to ${to}`,
  addStage: 'Add stage',
  spread: 'Spread chances evenly',
  unnamed: 'the new stage',
  firstStages: ['New lead', 'Contacted', 'Proposal sent', 'Negotiation'],

  looks: 'On the board',
  colors: 'Stage colours',
  colorModes: { dot: 'Dot', 'bg-tint': 'Tint', none: 'None' },
  ownChance: 'Use the chance of each deal',
  ownChanceHelp: 'A deal that has a chance of its own is weighted with that, not with the chance of its stage.',
  inFunnel: 'Show in the funnel',
  inPieChart: 'Show in charts of shares',

  save: 'Save changes',
  discard: 'Discard changes',
  saved: (name: string) => `${name} is saved.`,
  created: (name: string) => `${name} is created.`,
  overtaken:
    'Somebody else has changed this pipeline meanwhile. If you go on with yours, the stages that they have added stay; the rest becomes as you have it.',
  showTheirs: 'Show theirs',
  goOn: 'Go on with mine',

  movesTitle: (count: number) => (count === 1 ? 'Delete a stage?' : `Delete ${count} stages?`),
  movesTo: (count: string, to: string) => `${deals(count)} ${count === '1' ? 'moves' : 'move'} to ${to}:`,
  moveTo: 'Move them to',
  saveAndMove: 'Save and move deals',

  delete: 'Delete pipeline',
  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteEmpty: 'There are no deals in it.',
  deleteFull: (count: string, value: string) =>
    `${deals(count)} in it, worth ${value} together, ${count === '1' ? 'goes' : 'go'} to the bin, where they can be restored for 60 days.`,
  deleted: (name: string) => `${name} is deleted.`,
  column: { stage: 'Stage', deals: 'Deals', open: 'Open', value: 'Value' },
  notCounted: 'What is in it could not be counted.',
  more: (name: string) => `More about ${name}`,
}

/** Named for who cannot see them. */
export const colorNames = [
  'Slate',
  'Red',
  'Orange',
  'Amber',
  'Lime',
  'Green',
  'Teal',
  'Sky',
  'Blue',
  'Violet',
  'Fuchsia',
  'Pink',
]

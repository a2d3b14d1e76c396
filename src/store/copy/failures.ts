/** Why a store is not copied to another one, in a sentence for whoever asked for it. */
export class CannotCopy extends Error {}

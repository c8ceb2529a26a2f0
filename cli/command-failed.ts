/** Says in a sentence why a verb could not do what was asked; no fault of the program. */
export class CommandFailed extends Error {}

/** The verb cannot be called so; its help is printed below the message. */
export class WrongCall extends Error {}

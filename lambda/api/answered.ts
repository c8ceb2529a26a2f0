/** What an answer may have beside its body. */
export interface AnswerExtras {
  /** One of the operation's `otherStatuses`. */
  readonly status?: OtherStatus;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 207: some parts of it failed, the body says which (RFC 4918, section 11.1). */
export type OtherStatus = 207;

/** An answer whose status or headers depend on what came out. */
export class Answered<Body> {
  readonly body: Body;
  readonly extras: AnswerExtras;

  constructor(body: Body, extras: AnswerExtras) {
    this.body = body;
    this.extras = extras;
  }
}

/**
 * Why a guarded exchange came to nothing. `url`: no http(s) URL, or one with a user name. `forbidden`: host, port, address
 * or redirect that may not be reached. `refused`: nobody listens there. `timeout`: too slow. `too-large`: more bytes than
 * allowed, as the server itself announced. `endless`: the same, unannounced. `broken`: everything else that a server can do wrong.
 */
export type RemoteFaultKind = 'url' | 'forbidden' | 'refused' | 'timeout' | 'too-large' | 'endless' | 'broken';

/** A failed exchange. The message names what the caller gave, never an address that a name resolved to. */
export class RemoteFault extends Error {
  readonly kind: RemoteFaultKind;

  constructor(kind: RemoteFaultKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RemoteFault';
    this.kind = kind;
  }
}

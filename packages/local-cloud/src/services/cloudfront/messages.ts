import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { OriginTurns } from './functions/origin-choice.ts';

/** Headers by lower-case name. Values are as Node gives them: one character a byte. */
export type Headers = Readonly<Record<string, string>>;

/** A request as it goes through the CDN: raw path and raw query. */
export interface EdgeRequest {
  readonly method: string;
  readonly path: string;
  /** Without `?`; undefined when there is none. */
  readonly query: string | undefined;
  readonly headers: Headers;
  /** For methods that have one, not yet read. */
  readonly body?: Readable;
  /** The origins that an edge function chose. @default the behaviour's */
  readonly origins?: OriginTurns;
}

/** An answer that an edge function made. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly setCookies: readonly string[];
  readonly body: Buffer;
}

const NOT_ASCII = /\P{ASCII}/u;

/**
 * Text for an edge function from bytes of a message (AWS, "URI, query string, and headers encoding"): UTF-8 where it is
 * valid, else ISO 8859-1.
 */
export function fromWire(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : text;
}

/** Bytes for a message from a function's text. What it left as it was goes on unchanged, whatever its encoding. */
export function toWire(text: string, received?: string): string {
  if (received !== undefined && fromWire(received) === text) return received;
  return NOT_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

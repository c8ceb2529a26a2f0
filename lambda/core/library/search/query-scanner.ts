import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';

/** A word or quoted text of a query, with where it begins. */
export interface ScannedText {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly at: number;
}

/** Characters of the query that a message repeats. */
const QUOTED_CHARACTERS = 20;

const SPACE = /\s*/y;
const FIELD_WORD = /[^\s()[\],=:<>"'!]+/y;
const VALUE_WORD = /[^\s()[\],"']+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy;

/** Reads a query from its beginning to its end. Every expression is anchored and linear in what it takes. */
export class QueryScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipSpace();
  }

  get at(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** Takes a symbol if it comes next. */
  takeSymbol(symbol: string): boolean {
    if (!this.#text.startsWith(symbol, this.#at)) return false;
    this.#advance(symbol.length);
    return true;
  }

  /** Takes a keyword if it comes next, in any case, as a whole word. */
  takeKeyword(keyword: string): boolean {
    const end = this.#at + keyword.length;
    if (this.#text.slice(this.#at, end).toUpperCase() !== keyword) return false;
    if (/[\p{L}\p{N}_.]/u.test(this.#text.slice(end, end + 1))) return false;
    this.#advance(keyword.length);
    return true;
  }

  /** The name of a field, bare or quoted. */
  takeField(expected: string): ScannedText {
    return this.#takeQuoted() ?? this.#takeWord(FIELD_WORD) ?? this.#refuse(expected);
  }

  /** A value, bare or quoted; a bare one may hold colons, as times do. */
  takeValue(expected: string): ScannedText {
    return this.#takeQuoted() ?? this.#takeWord(VALUE_WORD) ?? this.#refuse(expected);
  }

  /** What is wrong at a place of the query, with what may stand there. */
  fault(expected: string, at = this.#at): Problem {
    const found = this.#text.slice(at, at + QUOTED_CHARACTERS).split('\n')[0];
    const where = found ? `"${found}"` : 'the end';
    return problem('search.invalid', `searchQuery, character ${at + 1}: ${expected} is expected, not ${where}.`);
  }

  #refuse(expected: string): never {
    const quote = this.#text[this.#at];
    throw quote === '"' || quote === "'"
      ? problem('search.invalid', `searchQuery, character ${this.#at + 1}: the quoted text has no end.`)
      : this.fault(expected);
  }

  #takeQuoted(): ScannedText | undefined {
    const match = this.#match(QUOTED);
    if (!match) return undefined;
    const escaped = match[1] ?? match[2] ?? '';
    return { text: escaped.replace(/\\(.)/gs, '$1'), isQuoted: true, at: match.index };
  }

  #takeWord(pattern: RegExp): ScannedText | undefined {
    const match = this.#match(pattern);
    return match && { text: match[0], isQuoted: false, at: match.index };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#advance(match[0].length);
    return match ?? undefined;
  }

  #advance(characters: number): void {
    this.#at += characters;
    this.#skipSpace();
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    this.#at = SPACE.lastIndex;
  }
}

import type { CSSToken } from '@csstools/css-tokenizer';
import { TokenType, tokenize } from '@csstools/css-tokenizer';
import { mayLoad } from './references.ts';

/** At-rules that read other files or change how names are read. */
const REFUSED_RULES = new Set(['import', 'charset', 'namespace', 'document', '-moz-document']);

/** Functions whose strings are URLs, and those of old browsers that ran code. */
const REFUSED_FUNCTIONS = new Set([
  'image',
  'image-set',
  '-webkit-image-set',
  'cross-fade',
  '-webkit-cross-fade',
  'src',
  'expression',
  'element',
  '-moz-element',
  'paint',
]);

/** Properties by which old browsers ran code. */
const REFUSED_PROPERTIES = new Set(['behavior', '-ms-behavior', '-moz-binding']);

/** What stands in place of something that is left out, apart from its neighbours: no paint, no filter, no image. */
const NOTHING = ' none ';

/** Leaving something out may bring its neighbours together as something new; nobody needs that often. */
const PASSES = 4;

/**
 * A style sheet, declaration list or single value without what loads or runs. It is taken apart by the rules of CSS, so
 * that escapes and comments hide nothing, and put together again from its parts, until nothing more is found.
 * @returns nothing at all for what keeps yielding something
 */
export function safeCss(css: string): string {
  let before = css;
  for (let pass = 0; pass < PASSES; pass++) {
    const after = withoutRefused(before);
    if (after === before) return after;
    before = after;
  }
  return '';
}

function withoutRefused(css: string): string {
  const tokens = tokenize({ css });
  let kept = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as CSSToken;
    const end = endOfRefused(tokens, at);
    if (end === undefined) kept += token[1];
    else {
      kept += token[0] === TokenType.AtKeyword ? ' ' : NOTHING;
      at = end;
    }
  }
  return kept;
}

/** Index of the last token of something that is left out; undefined when the token may stay. */
function endOfRefused(tokens: readonly CSSToken[], at: number): number | undefined {
  const token = tokens[at] as CSSToken;
  switch (token[0]) {
    case TokenType.AtKeyword:
      return REFUSED_RULES.has(token[4].value.toLowerCase()) ? endOfRule(tokens, at) : undefined;
    case TokenType.URL:
      return mayLoad(token[4].value) ? undefined : at;
    case TokenType.BadURL:
    case TokenType.BadString:
      return at;
    case TokenType.Function:
      return isHarmless(tokens, at, token[4].value.toLowerCase()) ? undefined : endOfBlock(tokens, at);
    case TokenType.Ident:
      return REFUSED_PROPERTIES.has(token[4].value.toLowerCase()) ? at : undefined;
    default:
      return undefined;
  }
}

function isHarmless(tokens: readonly CSSToken[], at: number, name: string): boolean {
  if (name !== 'url') return !REFUSED_FUNCTIONS.has(name);
  let next = at + 1;
  while (tokens[next]?.[0] === TokenType.Whitespace) next += 1;
  const argument = tokens[next];
  return argument?.[0] === TokenType.String && mayLoad(argument[4].value);
}

/** An at-rule ends with its semicolon or with its block. */
function endOfRule(tokens: readonly CSSToken[], start: number): number {
  for (let at = start + 1; at < tokens.length; at++) {
    const type = tokens[at]?.[0];
    if (type === TokenType.Semicolon) return at;
    if (type === TokenType.OpenCurly) return endOfBlock(tokens, at);
    if (type === TokenType.CloseCurly) return at - 1;
  }
  return tokens.length - 1;
}

/** The token that closes what one opened; the last one when nothing does. */
function endOfBlock(tokens: readonly CSSToken[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] as CSSToken;
    if (OPENS.has(token[0])) depth += 1;
    if (CLOSES.has(token[0])) depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}

const OPENS = new Set<string>([TokenType.Function, TokenType.OpenParen, TokenType.OpenCurly, TokenType.OpenSquare]);
const CLOSES = new Set<string>([TokenType.CloseParen, TokenType.CloseCurly, TokenType.CloseSquare]);

import type { LabelledRequest } from './web-acl-request.ts';

/** What a statement looks at, and what is done to it before. */
export interface TextInspection {
  readonly FieldToMatch: FieldToMatch;
  readonly TextTransformations: readonly { readonly Priority: number; readonly Type: string }[];
}

interface FieldToMatch {
  readonly UriPath?: object;
  readonly QueryString?: object;
  readonly Method?: object;
  readonly SingleHeader?: { readonly Name: string };
  readonly SingleQueryArgument?: { readonly Name: string };
  readonly AllQueryArguments?: object;
}

type Texts = (request: LabelledRequest) => readonly string[];

const TRANSFORMATIONS: Readonly<Record<string, (text: string) => string>> = {
  NONE: (text) => text,
  LOWERCASE: (text) => text.toLowerCase(),
  URL_DECODE: urlDecoded,
  COMPRESS_WHITE_SPACE: (text) => text.replace(/[\f\t\n\r\v\u00a0 ]+/g, ' '),
};

/** The texts of a request that a statement inspects; none where the request lacks them. Characters are bytes. */
export function compileText({ FieldToMatch: field, TextTransformations }: TextInspection): Texts {
  const steps = [...TextTransformations]
    .sort((a, b) => a.Priority - b.Priority)
    .map(({ Type }) => {
      const step = Object.hasOwn(TRANSFORMATIONS, Type) ? TRANSFORMATIONS[Type] : undefined;
      if (!step) throw new Error(`The web ACL's text transformation ${Type} is not evaluated on this machine.`);
      return step;
    });
  const texts = textsOf(field);
  return (request) => texts(request).map((text) => steps.reduce((before, step) => step(before), text));
}

function textsOf(field: FieldToMatch): Texts {
  const { SingleHeader: header, SingleQueryArgument: argument } = field;
  if (field.UriPath) return ({ uri }) => [uri];
  if (field.QueryString) return ({ query }) => [query];
  if (field.Method) return ({ method }) => [method];
  if (header) {
    const name = header.Name.toLowerCase();
    return ({ headers }) => (headers[name] === undefined ? [] : [headers[name]]);
  }
  if (argument) {
    const name = argument.Name.toLowerCase();
    return ({ query }) => queryArguments(query).flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));
  }
  if (field.AllQueryArguments) return ({ query }) => queryArguments(query).flat();
  throw new Error(`The web ACL's field ${Object.keys(field).join(', ')} is not evaluated on this machine.`);
}

function queryArguments(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter(Boolean)
    .map((item) => {
      const [name = '', value = ''] = item.split(/=(.*)/s);
      return [name, value];
    });
}

/** Decodes what is an escape, and leaves what is not. */
function urlDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

import type * as z from 'zod';
import type { Permission } from '../core/accounts/permissions.ts';
import type { FormSigning } from '../core/accounts/signed-uploads/authenticate-form.ts';
import type { AuditAction } from '../core/audit/actions.ts';
import type { Caller } from '../core/kernel/caller.ts';
import { once } from '../core/kernel/once.ts';
import type { ProblemCode } from '../core/kernel/problems.ts';
import type { UploadForm } from '../core/library/upload-form.ts';
import type { Answered, OtherStatus } from './answered.ts';
import type { ApiDeps } from './deps.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Calls of one class share a limit; the classes are ImageKit's ("API rate limits"). */
export type RateClass = 'read' | 'write' | 'upload' | 'purge';

/** What a request's body holds. A form is read by `core`, member for member as ImageKit's SDKs send it; its schema documents it. */
export type BodyInput<Body> =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly schema: z.ZodType<Body> }
  | { readonly kind: 'form'; readonly schema: z.ZodType; readonly read: (form: UploadForm) => Body };

export interface OperationInput<Path, Query, Body> {
  /** Parameters of the path, which are never empty. */
  readonly path: z.ZodType<Path>;
  readonly query: z.ZodType<Query>;
  readonly body: BodyInput<Body>;
}

export interface CallInput<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The header `If-Match`; only operations that are `conditional` look at it. */
  readonly ifMatch?: string | undefined;
}

/** A call of an operation with a body other than its example's. */
export interface GivenCall {
  readonly id: string;
  readonly body: unknown;
}

/** What a client sends to the storage after an operation of `given` has signed a URL for it. */
export interface GivenTransfer {
  /** Id of the operation whose answer has `parts`; the first one's bytes are sent. */
  readonly put: string;
  /** Base64. */
  readonly bytes: string;
}

/** The same, with a form that an operation has signed. */
export interface GivenForm {
  /** Id of the operation whose answer has `url` and `fields`. */
  readonly post: string;
  /** Base64. */
  readonly bytes: string;
}

/** A call that works on a deployment in which the calls of `given` were made before. */
export interface Example {
  /** Operations whose examples, or given bodies, make what this one needs; `{{id.member}}` in a value takes from their answers. */
  readonly given?: readonly (string | GivenCall | GivenTransfer | GivenForm)[];
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, or the form's fields. */
  readonly body?: unknown;
}

export interface AnswerOutput<Answer> {
  /** 204 has no body. */
  readonly status: 200 | 201 | 202 | 204;
  /** What it may be instead, with the same schema: `run` says which in an `Answered`. */
  readonly otherStatuses?: readonly OtherStatus[];
  readonly schema: z.ZodType<Answer>;
  /** Of an answer that is text and no JSON. */
  readonly mediaType?: string;
  /** What else it may be: `run` says which in an `Answered`. */
  readonly otherMediaTypes?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that `run` adds, by their names in lower case, with what they say. */
  readonly addedHeaders?: Readonly<Record<string, string>>;
}

/**
 * One operation of the API. Routing, authentication, parsing, the OpenAPI document, its page and the tests that hold for
 * every operation come from this record; a member that is missing does not compile.
 */
export interface ApiOperation<Path, Query, Body, Answer> {
  /** `resource.verb`, once in the table. */
  readonly id: string;
  /** Several for one operation where users try several. */
  readonly methods: readonly [Method, ...Method[]];
  /** Segments as they are, or `:name` for a parameter. The first path is the one that is documented. */
  readonly paths: readonly [string, ...string[]];
  /**
   * `inFolders`, `withEndpoints`: a right in some folder, or with some URL endpoint, is enough to be let in; what it runs asks again
   * where it is known.
   */
  readonly access:
    | {
        readonly permission: Permission;
        readonly inFolders?: true;
        readonly withEndpoints?: true;
        /** Its path names a person, who may call it about themselves without the permission. */
        readonly own?: true;
        /** Restricted keys may not, whatever they are granted. */
        readonly notByKeys?: true;
        /** Without a key, its form may be signed so. */
        readonly signed?: FormSigning;
      }
    | { readonly public: string };
  /** What it is about, for rights and for the documentation's sections. */
  readonly resource: string;
  readonly input: OperationInput<Path, Query, Body>;
  readonly answer: AnswerOutput<Answer>;
  /** Codes that this operation's own rules answer; those of every operation are not repeated. */
  readonly problems: readonly ProblemCode[];
  /** The constants that ImageKit's clients look for in `reason`, by code. */
  readonly reasons?: Readonly<Partial<Record<ProblemCode, string>>>;
  /** True: `If-Match` is looked at, and 412 changes nothing (RFC 9110, section 13.1.1). */
  readonly conditional?: true;
  readonly audit: { readonly action: AuditAction } | { readonly none: string };
  readonly rateClass: RateClass;
  /** True: browsers of other sites are meant to call it. */
  readonly crossSite?: true;
  /** For people: what it does, in one sentence. */
  readonly sentence: string;
  readonly example: Example;
  readonly run: (
    deps: ApiDeps,
    caller: Caller,
    input: CallInput<Path, Query, Body>,
  ) => Promise<Answer | Answered<Answer>>;
}

/** An operation whose own types nobody needs to know any more. */
// biome-ignore lint/suspicious/noExplicitAny: the types of an operation's parts belong together; a list of them has no common one
export type AnyOperation = ApiOperation<any, any, any, any>;

/** An operation as its file writes it: schemas are made when they are first needed, not all at the start of the function. */
type Declared<Path, Query, Body, Answer> = Omit<ApiOperation<Path, Query, Body, Answer>, 'input' | 'answer'> & {
  readonly input: () => OperationInput<Path, Query, Body>;
  readonly answer: Omit<AnswerOutput<Answer>, 'schema'> & { readonly schema: () => z.ZodType<Answer> };
};

/** Infers an operation's types from its schemas. */
export function defineOperation<Path, Query, Body, Answer>(
  declared: Declared<Path, Query, Body, Answer>,
): AnyOperation {
  const input = once(declared.input);
  const schema = once(declared.answer.schema);
  const answer = {
    ...declared.answer,
    get schema() {
      return schema();
    },
  };
  return {
    ...declared,
    answer,
    get input() {
      return input();
    },
  };
}

import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type {
  Admission,
  StreamedForm,
  StreamedUploadAnswer,
  StreamedUploadEvent,
} from '../contract/streamed-upload.ts';
import { ORIGIN_SECRET_HEADER } from '../contract/streamed-upload.ts';
import { Problem, problem } from '../core/kernel/problems.ts';
import type { Report } from '../core/kernel/report.ts';
import { completed } from './completed-answer.ts';
import { problemBody } from './problem-body.ts';
import type { KeepIncoming } from './streamed-form.ts';
import { readStreamedForm } from './streamed-form.ts';

/** One request as it arrives: its body is still to come. */
export interface IncomingUpload {
  readonly method: string;
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Readable;
}

type Question = Omit<StreamedUploadEvent, 'form'>;

/** The function of the API, which knows keys and library. A rejection means that nobody knows what it did. */
export interface AskApi {
  readonly admit: (question: Question) => Promise<Admission>;
  readonly complete: (question: Question, form: StreamedForm) => Promise<StreamedUploadAnswer>;
}

export interface ReceiveUploadDeps {
  /** Whether a request came through the distribution, by the secret that it adds. */
  readonly isFromCdn: (secret: string | null) => Promise<boolean>;
  readonly api: AskApi;
  readonly keep: KeepIncoming;
  readonly uploadId: () => string;
  readonly report: Report;
}

/**
 * Receives an upload of any size: who sends it is known before its first byte is read, its file is stored while it comes, and the
 * API makes a file of what is stored. It is answered when the request was read to its end, whatever the answer is: Lambda carries
 * nothing back before (half duplex).
 * @returns undefined when the sender went away; nothing is kept then
 */
export async function receiveUpload(
  deps: ReceiveUploadDeps,
  upload: IncomingUpload,
): Promise<StreamedUploadAnswer | undefined> {
  const uploadId = deps.uploadId();
  const answer = await answerOf(deps, upload, uploadId).catch((error: unknown) => refusal(deps, error, uploadId));
  const isWhole = await readToTheEnd(upload.body);
  return isWhole ? answer : undefined;
}

async function answerOf(
  deps: ReceiveUploadDeps,
  upload: IncomingUpload,
  uploadId: string,
): Promise<StreamedUploadAnswer> {
  if (!(await deps.isFromCdn(upload.headers.get(ORIGIN_SECRET_HEADER)))) {
    throw problem('permission.missing', 'Large uploads are sent to the host of the API.');
  }
  const question = questionOf(upload);
  const admission = await deps.api.admit(question);
  if (!('admitted' in admission)) return admission;
  const { form, discard } = await readStreamedForm(upload.headers, upload.body, uploadId, deps.keep);
  const answer = await deps.api.complete(question, form);
  // The bucket's lifecycle removes what stays.
  await discard().catch((error: unknown) => deps.report('upload-not-discarded', error));
  return answer;
}

function questionOf({ method, path, query, headers }: IncomingUpload): Question {
  const { [ORIGIN_SECRET_HEADER]: _, ...passed } = Object.fromEntries(headers);
  return {
    version: 'streamed-upload',
    rawPath: path,
    rawQueryString: query,
    headers: passed,
    requestContext: { http: { method } },
  };
}

async function refusal(
  { report }: ReceiveUploadDeps,
  error: unknown,
  requestId: string,
): Promise<StreamedUploadAnswer> {
  if (!(error instanceof Problem)) report('upload-not-received', error);
  const shown =
    error instanceof Problem ? error : problem('busy', 'The upload could not be taken; send it again in a moment.');
  const headers = shown.status === 503 ? { 'retry-after': '1' } : undefined;
  const answer = completed(
    Response.json(problemBody(shown, undefined), { status: shown.status, ...(headers && { headers }) }),
    requestId,
  );
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}

/** @returns false when the sender went away before the end */
async function readToTheEnd(body: Readable): Promise<boolean> {
  body.resume();
  return finished(body, { writable: false }).then(
    () => true,
    () => false,
  );
}

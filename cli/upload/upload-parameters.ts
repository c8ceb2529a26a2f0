import type { Api } from '../api/api.ts';
import type { BegunUploads } from './begun-uploads.ts';

/** Parameters of an upload beside its file, as a form has them (docs/uploads.md). */
export type UploadParameters = Readonly<Record<string, string>>;

/** What is sent beside the bytes. */
export interface SentWith {
  readonly parameters: UploadParameters;
  /** Entity tag that the file under the path must have. @default any */
  readonly ifMatch?: string | undefined;
}

/** What files are sent with: to the API, and noted on this machine where they go in parts. */
export interface SendFileDeps {
  readonly api: Api;
  readonly begun: BegunUploads;
}
